package dev.trafficlab.lab;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPMatchRequest;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchExact;
import io.fabric8.istio.api.api.networking.v1alpha3.StringMatchPrefix;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;

import dev.trafficlab.course.Check.RouteWeights;
import dev.trafficlab.course.Check.SubsetsDefined;

/** Reads subsets and weights off the routing objects. */
final class RoutingChecks {

    private final LabObjects objects;

    RoutingChecks(LabObjects objects) {
        this.objects = objects;
    }

    CheckFinding subsets(SubsetsDefined wanted) {
        return objects.destinationRule(wanted.destinationRule())
                .map(rule -> subsets(rule, wanted))
                .orElseGet(() -> CheckFinding.fails("There is no DestinationRule " + wanted.destinationRule()
                        + " yet."));
    }

    CheckFinding weights(RouteWeights wanted) {
        return objects.virtualService(wanted.virtualService())
                .map(service -> weights(service, wanted))
                .orElseGet(() -> CheckFinding.fails("There is no VirtualService " + wanted.virtualService() + " yet."));
    }

    private static CheckFinding subsets(DestinationRule rule, SubsetsDefined wanted) {
        Set<String> missing = new TreeSet<>(wanted.subsets());
        rule.getSpec()
                .getSubsets()
                .stream()
                .filter(RoutingChecks::choosesItsVersion)
                .map(Subset::getName)
                .forEach(missing::remove);
        String name = rule.getMetadata().getName();
        return missing.isEmpty()
                ? CheckFinding.holds("DestinationRule " + name + " defines " + CheckFinding.list(wanted.subsets())
                        + ".")
                : CheckFinding.fails("DestinationRule " + name + " does not define " + CheckFinding.list(missing)
                        + " by the label version.");
    }

    private static boolean choosesItsVersion(Subset subset) {
        return subset.getLabels() != null && Objects.equals(subset.getName(), subset.getLabels().get("version"));
    }

    private static CheckFinding weights(VirtualService service, RouteWeights wanted) {
        Optional<HTTPRoute> route = service.getSpec()
                .getHttp()
                .stream()
                .filter(candidate -> takes(candidate, wanted
                        .path()))
                .findFirst();
        if (route.isEmpty()) {
            return CheckFinding.fails("No route of VirtualService " + wanted.virtualService() + " takes " + wanted
                    .path()
                    + ".");
        }
        Map<String, Integer> found = weights(route.get());
        String says = "The route for " + wanted.path() + " gives " + CheckFinding.figures(found);
        return found.equals(wanted.weights())
                ? CheckFinding.holds(says + ".")
                : CheckFinding.fails(says + "; wanted is " + CheckFinding.figures(wanted.weights()) + ".");
    }

    /** A route without matches takes everything; of several the first that takes the path wins. */
    private static boolean takes(HTTPRoute route, String path) {
        List<HTTPMatchRequest> matches = route.getMatch();
        return matches.isEmpty() || matches.stream().anyMatch(match -> takes(match, path));
    }

    private static boolean takes(HTTPMatchRequest match, String path) {
        if (match.getUri() == null) {
            return true;
        }
        return switch (match.getUri().getMatchType()) {
            case StringMatchExact exact -> path.equals(exact.getExact());
            case StringMatchPrefix prefix -> path.startsWith(prefix.getPrefix());
            case null, default -> false;
        };
    }

    /** By subset; a destination without one counts under its host. A lone destination may leave its weight out. */
    private static Map<String, Integer> weights(HTTPRoute route) {
        List<HTTPRouteDestination> destinations = route.getRoute();
        int unsaid = destinations.size() == 1 ? 100 : 0;
        return destinations.stream()
                .collect(Collectors.toMap(to -> subset(to.getDestination()),
                        to -> Objects.requireNonNullElse(to.getWeight(), unsaid), Integer::sum));
    }

    private static String subset(Destination destination) {
        return Optional.ofNullable(destination.getSubset())
                .filter(name -> !name.isEmpty())
                .orElse("the host " + destination.getHost());
    }
}

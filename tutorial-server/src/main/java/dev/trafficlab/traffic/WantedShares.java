package dev.trafficlab.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRoute;
import io.fabric8.istio.api.api.networking.v1alpha3.HTTPRouteDestination;
import io.fabric8.istio.api.api.networking.v1alpha3.Subset;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;

/** Reads from a lab's routes which share of the requests each Deployment of colors is meant to get. */
final class WantedShares {

    private final Set<String> hosts;
    private final List<ColorDeployment> deployments;
    private final List<DestinationRule> rules;

    /**
     * Shares among the Deployments.
     *
     * @param hosts the names of the Services in front of them, short and full
     */
    WantedShares(Set<String> hosts, List<ColorDeployment> deployments, List<DestinationRule> rules) {
        this.hosts = Set.copyOf(hosts);
        this.deployments = List.copyOf(deployments);
        this.rules = List.copyOf(rules);
    }

    /**
     * Shares from 0 to 1 by the Deployment's name; empty when no route gives any: one destination without a subset leaves the choice
     * to the load balancer. Of several routes the first with weights counts.
     */
    Map<String, Double> of(List<VirtualService> virtualServices) {
        List<HTTPRoute> routes = virtualServices.stream()
                .flatMap(WantedShares::routes)
                .filter(this::leadsToColors)
                .toList();
        Optional<HTTPRoute> weighted = routes.stream().filter(route -> route.getRoute().size() > 1).findFirst();
        return weighted.or(() -> routes.stream().filter(WantedShares::namesSubset).findFirst())
                .map(this::shares)
                .orElse(Map.of());
    }

    private Map<String, Double> shares(HTTPRoute route) {
        List<HTTPRouteDestination> destinations = route.getRoute();
        double sum = destinations.stream().mapToInt(WantedShares::weight).sum();
        if (destinations.size() > 1 && sum <= 0) {
            return Map.of();
        }
        Map<String, Double> shares = new HashMap<>();
        deployments.forEach(deployment -> shares.put(deployment.name(), 0.0));
        for (HTTPRouteDestination destination : destinations) {
            // Istio gives the only destination everything, whatever its weight says.
            double share = destinations.size() == 1 ? 1 : weight(destination) / sum;
            spread(share, behind(destination.getDestination()), shares);
        }
        return Map.copyOf(shares);
    }

    /** Within a destination every pod gets the same. */
    private static void spread(double share, List<ColorDeployment> deployments, Map<String, Double> shares) {
        double pods = deployments.stream().mapToInt(ColorDeployment::replicas).sum();
        for (ColorDeployment deployment : deployments) {
            if (pods > 0) {
                shares.merge(deployment.name(), share * deployment.replicas() / pods, Double::sum);
            }
        }
    }

    private List<ColorDeployment> behind(Destination destination) {
        if (!isColors(destination)) {
            return List.of();
        }
        if (subset(destination).isEmpty()) {
            return deployments;
        }
        return subsets().filter(subset -> subset(destination).equals(subset.getName()))
                .findFirst()
                .map(subset -> deployments.stream().filter(deployment -> deployment.matches(labels(subset))).toList())
                .orElse(List.of());
    }

    private Stream<Subset> subsets() {
        return rules.stream()
                .map(DestinationRule::getSpec)
                .filter(Objects::nonNull)
                .filter(rule -> hosts.contains(Objects.requireNonNullElse(rule.getHost(), "")))
                .flatMap(rule -> rule.getSubsets().stream());
    }

    private static Stream<HTTPRoute> routes(VirtualService virtualService) {
        return virtualService.getSpec() == null ? Stream.empty() : virtualService.getSpec().getHttp().stream();
    }

    private boolean leadsToColors(HTTPRoute route) {
        List<Destination> destinations = new ArrayList<>();
        route.getRoute().forEach(entry -> destinations.add(entry.getDestination()));
        return destinations.stream().anyMatch(this::isColors);
    }

    private boolean isColors(Destination destination) {
        return destination != null && hosts.contains(Objects.requireNonNullElse(destination.getHost(), ""));
    }

    private static boolean namesSubset(HTTPRoute route) {
        return route.getRoute().stream().anyMatch(entry -> !subset(entry.getDestination()).isEmpty());
    }

    private static String subset(Destination destination) {
        return Objects.requireNonNullElse(destination.getSubset(), "");
    }

    private static Map<String, String> labels(Subset subset) {
        return Objects.requireNonNullElse(subset.getLabels(), Map.of());
    }

    private static int weight(HTTPRouteDestination destination) {
        return Objects.requireNonNullElse(destination.getWeight(), 0);
    }
}

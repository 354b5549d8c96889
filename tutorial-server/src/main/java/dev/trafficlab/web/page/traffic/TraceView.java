package dev.trafficlab.web.page.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.traffic.TracedRequest;

/**
 * One request and its reasons, as the panel tells them.
 *
 * @param request what was asked for, what came back, and the decisions between
 * @param dice the roll among weights, where there was one
 * @param way the nodes of the drawing that the request passed, separated by spaces
 * @param places for each stage of the request the nodes it had passed when the stage was over, separated by spaces
 */
record TraceView(TracedRequest request, Optional<WeightedDrawView> dice, String way, List<String> places) {

    private static final Pattern CLUSTER = Pattern.compile("(?:outbound|inbound)\\|\\d+\\|([^|]*)\\|([^.|]+).*");
    private static final String ROUTE = "VirtualService ";
    private static final Pattern ROUTE_NAME = Pattern.compile("[^\\s.,;]++");
    private static final Pattern POD = Pattern.compile("(.+)-[a-z0-9]+-[a-z0-9]+");

    TraceView {
        places = List.copyOf(places);
    }

    static TraceView of(TracedRequest request) {
        List<String> way = new ArrayList<>();
        List<String> places = new ArrayList<>();
        way.add(request.stages().stream().anyMatch(stage -> stage.name().equals("sidecar")) ? "inside" : "client");
        for (Stage stage : request.stages()) {
            step(stage, way);
            places.add(String.join(" ", way));
        }
        Matcher pod = POD.matcher(request.pod());
        if (pod.matches()) {
            way.add("workload/" + pod.group(1));
            last(request.stages(), "load balancer").ifPresent(first -> {
                for (int i = first; i < places.size(); i++) {
                    places.set(i, String.join(" ", way));
                }
            });
        }
        return new TraceView(request, WeightedDrawView.of(request.stages()), String.join(" ", way), places);
    }

    /** Where the stage of that name stands, which chose the pod; from there on the request is at the pod. */
    private static Optional<Integer> last(List<Stage> stages, String name) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).name().equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The last VirtualService that the reason names. */
    private static Optional<String> route(String reason) {
        int named = reason.lastIndexOf(ROUTE);
        Matcher name = ROUTE_NAME.matcher(reason);
        return named >= 0 && name.region(named + ROUTE.length(), reason.length()).lookingAt()
                ? Optional.of(name.group())
                : Optional.empty();
    }

    private static void step(Stage stage, List<String> way) {
        switch (stage.name()) {
            case "gateway" -> List.of(stage.facts().getOrDefault("gateways", "").split(", "))
                    .forEach(name -> way.add("gateway/" + name.substring(name.indexOf('/') + 1)));
            case "route" -> route(stage.reason()).ifPresent(name -> way.add("route/" + name));
            case "subset" -> {
                Matcher cluster = CLUSTER.matcher(stage.facts().getOrDefault("cluster", ""));
                if (cluster.matches()) {
                    way.add(cluster.group(1).isEmpty() ? "service/" + cluster.group(2)
                            : "subset/" + cluster.group(2) + "/" + cluster.group(1));
                }
            }
            default -> {
            }
        }
    }
}

package dev.trafficlab.inventory;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.trafficlab.inventory.Inventory.Health;

/** Tells an object's state in a few figures and in the cluster's own terms. */
final class Statuses {

    private Statuses() {}

    static String text(Item item) {
        return switch (item.kind()) {
            case DEPLOYMENT, REPLICA_SET -> item.status().at("readyReplicas").number(0) + "/" + item.spec()
                    .at("replicas")
                    .number(1);
            case POD -> ready(item) + "/" + item.spec().at("containers").list().size() + " " + phase(item);
            case SERVICE -> item.spec().at("clusterIP").text() + ports(item);
            case ENDPOINT_SLICE -> item.field("endpoints")
                    .list()
                    .stream()
                    .flatMap(endpoint -> endpoint.at("addresses")
                            .list()
                            .stream())
                    .map(Unstructured::text)
                    .collect(Collectors.joining(", "));
            case GATEWAY -> item.spec()
                    .at("servers")
                    .list()
                    .stream()
                    .map(server -> server.at("port", "number").text()
                            + " " + server.at("port", "protocol").text())
                    .collect(Collectors.joining(", "));
            case VIRTUAL_SERVICE -> item.spec()
                    .at("http")
                    .list()
                    .stream()
                    .map(Statuses::route)
                    .collect(Collectors
                            .joining(" · "));
            case DESTINATION_RULE -> item.spec()
                    .at("subsets")
                    .list()
                    .stream()
                    .map(subset -> subset.at("name").text())
                    .collect(Collectors.joining(", "));
            case SERVICE_ENTRY, SIDECAR, CONFIG_MAP -> "";
        };
    }

    static Health health(Item item) {
        return switch (item.kind()) {
            case DEPLOYMENT, REPLICA_SET -> item.status().at("readyReplicas").number(0) >= item.spec()
                    .at("replicas")
                    .number(1) ? Health.GOOD : Health.BUSY;
            case POD -> Workloads.ready(item) ? Health.GOOD
                    : waiting(item).isEmpty() || waiting(item).matches("ContainerCreating|PodInitializing")
                            ? Health.BUSY
                            : Health.BAD;
            default -> Health.GOOD;
        };
    }

    private static String phase(Item pod) {
        if (pod.isBeingRemoved()) {
            return "Terminating";
        }
        return waiting(pod).isEmpty() ? pod.status().at("phase").text() : waiting(pod);
    }

    private static String waiting(Item pod) {
        return containers(pod).stream()
                .map(status -> status.at("state", "waiting", "reason").text())
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static long ready(Item pod) {
        return containers(pod).stream().filter(status -> status.at("ready").text().equals("true")).count();
    }

    private static List<Unstructured> containers(Item pod) {
        return pod.status().at("containerStatuses").list();
    }

    private static String ports(Item service) {
        return service.spec()
                .at("ports")
                .list()
                .stream()
                .map(port -> ":" + port.at("port").text())
                .collect(Collectors
                        .joining(""));
    }

    private static String route(Unstructured route) {
        String uri = route.at("match")
                .list()
                .stream()
                .map(match -> match.at("uri").labels().values())
                .flatMap(Collection::stream)
                .collect(Collectors.joining(", "));
        String to = route.at("route").list().stream().map(Statuses::destination).collect(Collectors.joining(", "));
        return (uri.isEmpty() ? "*" : uri) + " → " + to;
    }

    private static String destination(Unstructured destination) {
        String subset = destination.at("destination", "subset").text();
        String weight = destination.at("weight").text();
        return (subset.isEmpty() ? destination.at("destination", "host").text() : subset) + (weight.isEmpty() ? ""
                : " " + weight);
    }
}

package dev.trafficlab.web.live;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.trafficlab.inventory.Topology;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.Place;

/** Where the nodes of a topology stand: a column a place, each column in the middle. */
final class MapLayout {

    static final int WIDTH = 760;
    static final int ROW = 36;
    private static final int GAP = 9;
    private static final int MARGIN = 6;

    private final Map<String, Box> boxes = new HashMap<>();
    private final Set<String> toVersions;
    private final int height;

    /** A node's place in the drawing. */
    record Box(int x, int y, int width) {

        int right() {
            return x + width;
        }

        int middle() {
            return y + ROW / 2;
        }
    }

    MapLayout(Topology topology) {
        Set<String> versions = topology.nodes()
                .stream()
                .filter(node -> node.place() == Place.WORKLOAD && !node.version().isEmpty())
                .map(Node::id)
                .collect(Collectors.toSet());
        this.toVersions = topology.edges()
                .stream()
                .filter(edge -> versions.contains(edge.to()))
                .map(Topology.Edge::from)
                .collect(Collectors.toSet());
        Map<Place, List<Node>> columns = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            columns.put(place, topology.nodes()
                    .stream()
                    .filter(node -> node.place() == place)
                    .sorted(this::order)
                    .toList());
        }
        int rows = columns.values().stream().mapToInt(List::size).max().orElse(1);
        this.height = 2 * MARGIN + Math.max(3, rows) * (ROW + GAP) - GAP;
        columns.forEach(this::place);
    }

    int height() {
        return height;
    }

    Box of(String node) {
        return boxes.getOrDefault(node, new Box(0, 0, 0));
    }

    boolean has(String node) {
        return boxes.containsKey(node);
    }

    /** Services of the app first, then its subsets, then whatever else a route leads to. */
    private int order(Node one, Node other) {
        return Integer.compare(rank(one), rank(other));
    }

    private int rank(Node node) {
        if (node.place() == Place.DESTINATION) {
            if (node.id().startsWith("subset/")) {
                return 1;
            }
            return toVersions.contains(node.id()) ? 0 : 2;
        }
        return node.place() == Place.WORKLOAD && node.version().isEmpty() ? 1 : 0;
    }

    private void place(Place place, List<Node> nodes) {
        if (place == Place.CLIENT) {
            clients(nodes);
            return;
        }
        int tall = nodes.size() * (ROW + GAP) - GAP;
        int y = (height - tall) / 2;
        for (Node node : nodes) {
            boxes.put(node.id(), new Box(x(place), y, width(place)));
            y += ROW + GAP;
        }
    }

    /** Who asks from outside stands before the gateway; who asks from inside, above it, where the way to the Service is free. */
    private void clients(List<Node> nodes) {
        for (Node node : nodes) {
            int y = node.id().equals("inside") ? MARGIN : (height - ROW) / 2;
            boxes.put(node.id(), new Box(x(Place.CLIENT), y, width(Place.CLIENT)));
        }
    }

    private static int x(Place place) {
        return switch (place) {
            case CLIENT -> 2;
            case GATEWAY -> 98;
            case ROUTE -> 232;
            case DESTINATION -> 364;
            case WORKLOAD -> 506;
            case TALLY -> 652;
        };
    }

    private static int width(Place place) {
        return switch (place) {
            case CLIENT -> 62;
            case GATEWAY, ROUTE -> 100;
            case DESTINATION -> 106;
            case WORKLOAD -> 118;
            case TALLY -> 106;
        };
    }
}

package dev.trafficlab.inventory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.trafficlab.embedded.analysis.Finding;

/**
 * The way of a lab's traffic, from the clients to the tally, as its objects describe it. What the course will still make is in it as a
 * ghost, so that the drawing keeps its shape while the lab grows.
 *
 * @param nodes in the order to draw them, each place from top to bottom
 * @param edges between nodes that are there
 * @param findings what the analysis finds in the objects that the nodes show
 */
public record Topology(List<Node> nodes, List<Edge> edges, List<Finding> findings) {

    public Topology {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        findings = List.copyOf(findings);
    }

    /** The same with what the analysis finds in its objects. */
    Topology with(List<Finding> found) {
        return new Topology(nodes, edges, found);
    }

    /** What is found in the node's object and makes requests fail, or most likely is not meant. */
    public List<Finding> findings(Node node) {
        return findings.stream()
                .filter(finding -> finding.kind().level() != Finding.Level.INFO && node.ghost().isEmpty())
                .filter(finding -> node.object()
                        .filter(object -> object.kind().equals(finding.object().kind()) && object.name()
                                .equals(finding.object().name()))
                        .isPresent())
                .toList();
    }

    /** Where a node stands on the way. */
    public enum Place {
        /** Who asks. */
        CLIENT,
        /** The ingress gateway's open doors. */
        GATEWAY,
        /** The routes. */
        ROUTE,
        /** What a route may lead to: a Service, or a subset of its pods. */
        DESTINATION,
        /** The pods of one Deployment. */
        WORKLOAD,
        /** Where answers are counted. */
        TALLY
    }

    /**
     * One stop on the way.
     *
     * @param id unique in the topology, made of letters, digits, dots, dashes and slashes
     * @param label its name, or its subset's
     * @param version the version label of its pods, empty when they have none or several
     * @param pods its pods, none where there can be none
     * @param object the object it shows, absent for clients and for what nobody has made or plans
     * @param ghost the step that makes it, when it is not there yet
     */
    public record Node(String id, Place place, String label, String version, Pods pods, Optional<ObjectName> object,
            Optional<Ghost> ghost) {

        /** Whether a route leads here although nothing of the name exists, and no step makes it. */
        public boolean missing() {
            return object.isEmpty() && place != Place.CLIENT;
        }
    }

    /**
     * A way from one node to the next.
     *
     * @param rule the path that a route takes it for, empty when that does not matter
     * @param weight the share of the route's requests, 0 to 1; absent where no weights decide
     * @param ghost whether one of its ends is not there yet
     */
    public record Edge(String from, String to, String rule, OptionalDouble weight, boolean ghost) {}

    /**
     * How many pods a Deployment has.
     *
     * @param sidecars how many of them carry the mesh's proxy
     */
    public record Pods(int wanted, int ready, int sidecars) {

        /** No pods. */
        public static final Pods NONE = new Pods(0, 0, 0);
    }

    /** An object's kind and name. */
    public record ObjectName(String kind, String name) {}

    /**
     * The step that makes something.
     *
     * @param number 1 for the first
     * @param label a word or two
     */
    public record Ghost(String stepId, int number, String label) {}
}

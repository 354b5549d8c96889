package dev.trafficlab.embedded.mesh.plan;

import java.util.List;
import java.util.Map;

/**
 * What becomes of a request by the objects of one moment, before any dice are thrown. Two requests with equal plans take the same route.
 *
 * @param outcome how far a request comes
 * @param reason why it comes no further; empty where it reaches a destination
 * @param status the status of the proxy's own answer, 0 where there is none
 * @param virtualService the VirtualService whose rule takes it; empty where none does
 * @param rule that rule in words; empty where none does
 * @param destinations where it may be sent, those of weight 0 left out
 * @param mirrors who gets a copy of it
 */
public record RoutePlan(Outcome outcome, String reason, int status, String virtualService, String rule,
        List<Destination> destinations, List<Destination> mirrors) {

    public RoutePlan {
        destinations = List.copyOf(destinations);
        mirrors = List.copyOf(mirrors);
    }

    /** Of a request that no proxy takes. */
    public static RoutePlan refused(int status) {
        return ended(Outcome.NO_ROUTE, status, "No proxy takes such a path.");
    }

    /** Of a request that nobody is there to send. */
    public static RoutePlan unsent(String reason) {
        return ended(Outcome.NOT_LISTENING, 0, reason);
    }

    static RoutePlan ended(Outcome outcome, int status, String reason) {
        return new RoutePlan(outcome, reason, status, "", "", List.of(), List.of());
    }

    /** How far a request comes. */
    public enum Outcome {
        /** No connection: nobody listens there. */
        NOT_LISTENING,
        /** The proxy finds no route, or refuses the request. */
        NO_ROUTE,
        /** The proxy answers by itself, as a rule says. */
        ANSWERED_BY_RULE,
        /** A rule sends it on. */
        ROUTED,
        /** No rule speaks for it: any pod of the Service takes it. */
        UNROUTED
    }

    /**
     * One destination.
     *
     * @param host full name of the Service
     * @param subset name of the subset, empty for the whole Service
     * @param labels the subset's labels
     * @param share the share of all requests that its weight asks for, 0 to 1
     * @param even whether its pods get the same each; a hash, for one, need not give it
     * @param pods its pods in health
     * @param missing why it does not exist, empty when it does
     */
    public record Destination(String host, String subset, Map<String, String> labels, double share, boolean even,
            List<Target> pods, String missing) {

        public Destination {
            labels = Map.copyOf(labels);
            pods = List.copyOf(pods);
        }

        /** The Service's name without its namespace. */
        public String service() {
            int dot = host.indexOf('.');
            return dot < 0 ? host : host.substring(0, dot);
        }
    }

    /** A pod that a destination offers. */
    public record Target(String pod, Map<String, String> labels) {

        public Target {
            labels = Map.copyOf(labels);
        }
    }
}

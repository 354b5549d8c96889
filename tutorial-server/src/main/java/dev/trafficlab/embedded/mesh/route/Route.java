package dev.trafficlab.embedded.mesh.route;

/**
 * One route of a virtual host.
 *
 * @param origin which rule it comes from
 * @param match which requests are its own
 * @param action what it does with them
 * @param request changes to the request
 * @param response changes to the answer
 * @param operation what the proxy calls it in {@code x-envoy-decorator-operation}: {@code shop.default.svc.cluster.local:80/*}
 */
public record Route(Origin origin, RouteMatch match, RouteAction action, HeaderOps request, HeaderOps response,
        String operation) {

    /**
     * Where a route comes from.
     *
     * @param namespace namespace of the VirtualService, empty for the route that a Service has of its own
     * @param name name of the VirtualService, or of the Service
     * @param rule index of the rule, counted from 0
     * @param condition index of the rule's match, counted from 0; -1 where the rule has none
     * @param ruleName the rule's own name, empty for none
     */
    public record Origin(String namespace, String name, int rule, int condition, String ruleName) {

        /** The route that a Service has when no VirtualService speaks for it. */
        public static Origin ofService(String name) {
            return new Origin("", name, 0, -1, "");
        }

        /** In words: {@code rule 1 of VirtualService shop}. */
        @Override
        public String toString() {
            if (namespace.isEmpty()) {
                return "the default route of Service " + name;
            }
            String named = ruleName.isEmpty() ? "" : " (" + ruleName + ")";
            String which = condition > 0 ? ", match " + (condition + 1) + "," : "";
            return "rule " + (rule + 1) + named + which + " of VirtualService " + name;
        }
    }
}

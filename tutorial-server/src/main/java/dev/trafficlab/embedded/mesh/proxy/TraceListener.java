package dev.trafficlab.embedded.mesh.proxy;

import dev.trafficlab.embedded.mesh.MeshAnswer;

import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteTable;

/** Is told what happens to a request, in order; says nothing unless somebody asked for a trace. */
public interface TraceListener {

    /** The one who listens for nobody. */
    TraceListener SILENT = new TraceListener() {
    };

    /** The ingress gateway took the connection. */
    default void entered(RouteTable.Listener listener) {}

    /** A pod's request goes to the Service, through its sidecar or past it. */
    default void called(RouteTable.Pod pod, String service, String how) {}

    /** A route was looked for. */
    default void routed(Exchange exchange, Decision.Outcome outcome) {}

    /** The path or host changed. */
    default void rewritten(String fact, String before, String after) {}

    /** Something other than routing was done with the request. */
    default void did(String stage, String reason) {}

    /** The drawn cluster was looked at. */
    default void looked(Exchange exchange) {}

    /** A host was chosen. */
    default void picked(Exchange exchange, RouteAction.Forward forward) {}

    /** A pod was tried. */
    default void tried(Endpoint endpoint, Attempt attempt) {}

    /** The client got its answer. */
    default void answered(MeshAnswer answer) {}
}

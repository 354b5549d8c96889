package dev.trafficlab.embedded.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RequestHead;

/** One request on its way through one proxy. For one thread. */
final class Exchange {

    /**
     * The proxy that a request passes.
     *
     * @param gateway whether it is the ingress gateway; else it is the sidecar of the calling pod
     * @param address its own {@code ip:port}
     * @param labels the labels that {@code sourceLabels} look at
     */
    record ProxyContext(boolean gateway, String address, Map<String, String> labels) {

        /** The server header that Istio has this proxy send. */
        String serverName() {
            return gateway ? "istio-envoy" : "envoy";
        }
    }

    private final MeshRequest request;
    private final RequestHead head;
    private final ProxyContext side;
    private final TraceListener narrator;
    private final Decision decision = new Decision();
    private final List<String> flags = new ArrayList<>(2);
    private final List<Host> tried = new ArrayList<>(1);
    private String corsOrigin = "";
    private String newCookie = "";
    private @Nullable Endpoint answeredBy;
    private long sentAt;

    Exchange(MeshRequest request, RequestHead head, ProxyContext side, TraceListener narrator) {
        this.request = request;
        this.head = head;
        this.side = side;
        this.narrator = narrator;
    }

    MeshRequest request() {
        return request;
    }

    RequestHead head() {
        return head;
    }

    ProxyContext side() {
        return side;
    }

    TraceListener narrator() {
        return narrator;
    }

    Decision decision() {
        return decision;
    }

    /** Envoy's response flags so far. */
    List<String> flags() {
        return flags;
    }

    void flag(String flag) {
        flags.add(flag);
    }

    /** The hosts that attempts went to. */
    List<Host> tried() {
        return tried;
    }

    /** The allowed Origin of a request from another one; empty when there is nothing to say about it. */
    String corsOrigin() {
        return corsOrigin;
    }

    void corsOrigin(String origin) {
        corsOrigin = origin;
    }

    /** The Set-Cookie line for a cookie that the proxy made up; empty when it made none. */
    String newCookie() {
        return newCookie;
    }

    void newCookie(String line) {
        newCookie = line;
    }

    /** When the request went on towards a pod. */
    long sentAt() {
        return sentAt;
    }

    void sentAt(long millis) {
        sentAt = millis;
    }

    /** Who answered, if it was not the proxy. */
    Optional<Endpoint> answeredBy() {
        return Optional.ofNullable(answeredBy);
    }

    void answeredBy(Endpoint endpoint) {
        answeredBy = endpoint;
    }
}

package dev.trafficlab.embedded.mesh.proxy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RequestHead;

/** One request on its way through one proxy. For one thread. */
public final class Exchange {

    /**
     * The proxy that a request passes.
     *
     * @param gateway whether it is the ingress gateway; else it is the sidecar of the calling pod
     * @param address its own {@code ip:port}
     * @param labels the labels that {@code sourceLabels} look at
     * @param pod the name of the pod that it runs in
     */
    public record ProxyContext(boolean gateway, String address, Map<String, String> labels, String pod) {

        /** The server header that Istio has this proxy send. */
        String serverName() {
            return gateway ? "istio-envoy" : "envoy";
        }
    }

    private final MeshRequest request;
    private final RequestHead head;
    private final ProxyContext side;
    private final TraceListener narrator;
    private final InstantSource clock;
    private final RandomGenerator dice;
    private final long startedAt;
    private final Decision decision = new Decision();
    private final List<String> flags = new ArrayList<>(2);
    private final List<Host> tried = new ArrayList<>(1);
    private String corsOrigin = "";
    private String newCookie = "";
    private @Nullable Endpoint answeredBy;
    private @Nullable AppRequest sent;
    private String details = "";
    private int grpcStatus = -1;
    private long sentAt;

    Exchange(MeshRequest request, RequestHead head, ProxyContext side, TraceListener narrator, InstantSource clock,
            RandomGenerator dice) {
        this.request = request;
        this.head = head;
        this.side = side;
        this.narrator = narrator;
        this.clock = clock;
        this.dice = dice;
        this.startedAt = clock.millis();
    }

    /** When the proxy took the request. */
    long startedAt() {
        return startedAt;
    }

    long now() {
        return clock.millis();
    }

    /** A name that nothing else has. */
    String uniqueId() {
        return ConnectionManager.requestId(dice);
    }

    /** The request as it went to a pod, if it did. */
    Optional<AppRequest> sent() {
        return Optional.ofNullable(sent);
    }

    void sent(AppRequest request) {
        sent = request;
    }

    /** Envoy's response code details, {@code via_upstream}; empty where there are none to tell. */
    String details() {
        return details;
    }

    void details(String why) {
        details = why;
    }

    /** The status that a local reply has for gRPC; -1 to derive it from the HTTP status. */
    int grpcStatus() {
        return grpcStatus;
    }

    void grpcStatus(int status) {
        grpcStatus = status;
    }

    public MeshRequest request() {
        return request;
    }

    public RequestHead head() {
        return head;
    }

    public ProxyContext side() {
        return side;
    }

    public TraceListener narrator() {
        return narrator;
    }

    public Decision decision() {
        return decision;
    }

    /** Envoy's response flags so far. */
    public List<String> flags() {
        return flags;
    }

    public void flag(String flag) {
        flags.add(flag);
    }

    /** The hosts that attempts went to. */
    public List<Host> tried() {
        return tried;
    }

    /** The allowed Origin of a request from another one; empty when there is nothing to say about it. */
    public String corsOrigin() {
        return corsOrigin;
    }

    public void corsOrigin(String origin) {
        corsOrigin = origin;
    }

    /** The Set-Cookie line for a cookie that the proxy made up; empty when it made none. */
    public String newCookie() {
        return newCookie;
    }

    public void newCookie(String line) {
        newCookie = line;
    }

    /** When the request went on towards a pod. */
    public long sentAt() {
        return sentAt;
    }

    public void sentAt(long millis) {
        sentAt = millis;
    }

    /** Who answered, if it was not the proxy. */
    public Optional<Endpoint> answeredBy() {
        return Optional.ofNullable(answeredBy);
    }

    public void answeredBy(Endpoint endpoint) {
        answeredBy = endpoint;
    }
}

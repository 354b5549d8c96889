package dev.trafficlab.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.limits.Limit;

/** Sends a request from outside into a lab's mesh and returns the answer. Free of any web server. */
final class Gateway {

    /** The most that a request's body may hold. */
    static final int LARGEST_BODY = 256 * 1024;

    private final Ingress ingress;
    private final Predicate<String> labs;
    private final Limit requests;
    private final LabShares shares;
    private final List<RequestListener> listeners;

    Gateway(Ingress ingress, Predicate<String> labs, Limit requests, LabShares shares,
            List<RequestListener> listeners) {
        this.ingress = ingress;
        this.labs = labs;
        this.requests = requests;
        this.shares = shares;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Answers a request whose headers are still as received, and gives it to its client within the lab's share of this server.
     *
     * @param path what stands before the mesh's own paths, empty where the lab has a site of its own
     */
    <E extends Exception> void answer(String lab, String path, MeshRequest received, Delivery<E> delivery) throws E {
        String peer = received.peer().substring(0, Math.max(0, received.peer().lastIndexOf(':')));
        Optional<LabShares.Ticket> ticket = shares.enter(lab, peer);
        if (ticket.isEmpty()) {
            received.body().close();
            delivery.send(tooMany(Duration.ofSeconds(1)));
            return;
        }
        try (LabShares.Ticket _ = ticket.get()) {
            AppResponse response = answer(lab, path, received);
            shares.sent(lab, received.body().length().orElse(0) + response.body().length().orElse(0));
            delivery.send(response);
        }
    }

    /** Takes an answer to its client. */
    @FunctionalInterface
    interface Delivery<E extends Exception> {

        void send(AppResponse response) throws E;
    }

    AppResponse answer(String lab, String path, MeshRequest received) {
        if (!labs.test(lab)) {
            return Problem.of(404, "No such lab", "There is no lab " + lab
                    + ". It may have been removed while nobody used it; start a new one on this server's first page.");
        }
        if (!path.isEmpty() && isPreflightOfSandbox(received)) {
            return preflight(received);
        }
        Optional<Duration> wait = requests.tryTake(lab, 1);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        if (path.isEmpty()) {
            MeshRequest cleaned = with(received, HeaderSanitizer.inbound(received.headers()));
            AppResponse response = response(send(lab, cleaned, List.of()));
            return withHeaders(response, HeaderSanitizer.outbound(response.headers(), received.authority()));
        }
        HeaderSanitizer.Sanitized cleaned = HeaderSanitizer.inboundShared(received.headers());
        PathSite site = new PathSite(path, received.authority(), isBrowser(received));
        return readableBySandbox(received, response(send(lab, with(received, cleaned.headers()), cleaned.dropped())),
                site);
    }

    private MeshAnswer send(String lab, MeshRequest request, List<String> dropped) {
        if (listeners.stream().anyMatch(listener -> listener.wantsReasons(lab))) {
            TracedAnswer traced = told(ingress.trace(lab, request), dropped);
            listeners.forEach(listener -> listener.answered(lab, request, traced));
            return traced.answer();
        }
        MeshAnswer answer = ingress.send(lab, request);
        RequestListener.AnsweredRequest told = RequestListener.AnsweredRequest.of(answer);
        listeners.forEach(listener -> listener.answered(lab, request, told));
        return answer;
    }

    static AppResponse bodyTooLarge() {
        return Problem.of(413, "Body too large", "A request's body may hold " + LARGEST_BODY / 1024 + " KiB at most.");
    }

    /** What did not reach the mesh, or will not reach the browser, is the first or last thing that the trace tells. */
    private static TracedAnswer told(TracedAnswer traced, List<String> droppedBefore) {
        List<String> droppedAfter = traced.answer() instanceof MeshAnswer.Answered answered
                ? HeaderSanitizer.outboundShared(answered.response().headers(), new PathSite("/", "", false)).dropped()
                : List.of();
        if (droppedBefore.isEmpty() && droppedAfter.isEmpty()) {
            return traced;
        }
        List<RoutingTrace.Stage> stages = new ArrayList<>();
        droppedBefore.forEach(what -> stages.add(stage("This address is shared with the course's own pages, so the mesh"
                + " does not see " + what + ".")));
        stages.addAll(traced.trace().stages());
        droppedAfter.forEach(what -> stages.add(Math.max(0, stages.size() - 1), stage("This address is shared with the"
                + " course's own pages, so the client does not get " + what + ".")));
        return new TracedAnswer(traced.answer(), new RoutingTrace(stages));
    }

    private static RoutingTrace.Stage stage(String reason) {
        return new RoutingTrace.Stage("shared address", RoutingTrace.Outcome.PASSED, reason, Map.of());
    }

    /** A client that says it shows pages follows redirects by itself; others report them as they are. */
    private static boolean isBrowser(MeshRequest request) {
        return request.headers().all("accept").stream().anyMatch(accept -> accept.contains("text/html"));
    }

    private static MeshRequest with(MeshRequest received, Headers headers) {
        return new MeshRequest(received.origin(), received.method(), received.authority(), received.target(), headers,
                received.peer(), received.body());
    }

    private static AppResponse response(MeshAnswer answer) {
        return switch (answer) {
            case MeshAnswer.ConnectionRefused refused -> Problem.of(502, "Nobody listens",
                    "The lab's ingress gateway does not listen: connection refused. " + refused.reason());
            case MeshAnswer.Answered answered -> answered.response();
        };
    }

    private static AppResponse tooMany(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        AppResponse problem = Problem.of(429, "Too many requests",
                "This lab gets more requests than the limit allows. Please go on in " + seconds + " s.");
        return withHeaders(problem, problem.headers().plus("retry-after", Long.toString(seconds)));
    }

    /*
     * A page behind the gateway is sandboxed, so its origin is opaque and its scripts' calls to its own address come as cross-origin
     * ones with "Origin: null". They are let through here: nobody's rights hang on it, as the gateway knows no credentials.
     */
    private static boolean isPreflightOfSandbox(MeshRequest request) {
        return request.method().equals("OPTIONS") && isFromSandbox(request)
                && request.headers().first("access-control-request-method").isPresent();
    }

    private static AppResponse preflight(MeshRequest request) {
        Headers headers = Headers.of("access-control-allow-origin", "null", "access-control-allow-methods",
                request.headers().first("access-control-request-method").orElse("GET"), "access-control-allow-headers",
                request.headers().first("access-control-request-headers").orElse("*"), "access-control-max-age", "600");
        return withHeaders(AppResponse.of(204, "text/plain", ""), headers);
    }

    private static AppResponse readableBySandbox(MeshRequest request, AppResponse response, PathSite site) {
        Headers guarded = HeaderSanitizer.outboundShared(response.headers(), site).headers();
        boolean silent = isFromSandbox(request) && guarded.first("access-control-allow-origin").isEmpty();
        return withHeaders(response, silent ? guarded.plus("access-control-allow-origin", "null") : guarded);
    }

    private static boolean isFromSandbox(MeshRequest request) {
        return request.headers()
                .first("origin")
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .filter("null"::equals)
                .isPresent();
    }

    private static AppResponse withHeaders(AppResponse response, Headers headers) {
        return new AppResponse(response.status(), headers, response.body(), response.afterwards());
    }
}

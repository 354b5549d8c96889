package dev.trafficlab.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.limits.Limit;

/** Sends a request from outside into a lab's mesh and returns the answer. Free of any web server. */
final class Gateway {

    /** The most that a request's body may hold. */
    static final int LARGEST_BODY = 256 * 1024;

    private final Ingress ingress;
    private final Predicate<String> labs;
    private final Limit requests;
    private final List<RequestListener> listeners;

    Gateway(Ingress ingress, Predicate<String> labs, Limit requests, List<RequestListener> listeners) {
        this.ingress = ingress;
        this.labs = labs;
        this.requests = requests;
        this.listeners = List.copyOf(listeners);
    }

    /** Answers a request whose headers are still as received. */
    AppResponse answer(String lab, MeshRequest received) {
        if (!labs.test(lab)) {
            return Problem.of(404, "No such lab", "There is no lab " + lab
                    + ". It may have been removed while nobody used it; start a new one on this server's first page.");
        }
        if (isPreflightOfSandbox(received)) {
            return preflight(received);
        }
        Optional<Duration> wait = requests.tryTake(lab, 1);
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        return readableBySandbox(received, response(send(lab, cleaned(received))));
    }

    private MeshAnswer send(String lab, MeshRequest request) {
        if (listeners.stream().anyMatch(listener -> listener.wantsReasons(lab))) {
            TracedAnswer traced = ingress.trace(lab, request);
            listeners.forEach(listener -> listener.answered(lab, request.target(), traced));
            return traced.answer();
        }
        MeshAnswer answer = ingress.send(lab, request);
        RequestListener.AnsweredRequest told = RequestListener.AnsweredRequest.of(answer);
        listeners.forEach(listener -> listener.answered(lab, told));
        return answer;
    }

    static AppResponse bodyTooLarge() {
        return Problem.of(413, "Body too large", "A request's body may hold " + LARGEST_BODY / 1024 + " KiB at most.");
    }

    private static MeshRequest cleaned(MeshRequest received) {
        return new MeshRequest(received.origin(), received.method(), received.authority(), received.target(),
                HeaderSanitizer.inbound(received.headers()), received.peer(), received.body());
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

    private static AppResponse readableBySandbox(MeshRequest request, AppResponse response) {
        Headers guarded = HeaderSanitizer.outbound(response.headers());
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

package dev.trafficlab.embedded.mesh.compile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView.Rule;
import dev.trafficlab.embedded.mesh.route.RouteAction.Cors;
import dev.trafficlab.embedded.mesh.route.RouteAction.Fault;
import dev.trafficlab.embedded.mesh.route.RouteAction.Retry;
import dev.trafficlab.embedded.mesh.route.TextMatch;

/** From a rule's retries, faults and CORS policy to what the proxy does about them. Istio: core/route/route.go and retry/retry.go. */
final class FilterCompiler {

    private static final Set<String> DEFAULT_CONDITIONS = Set.of("connect-failure", "refused-stream", "unavailable",
            "cancelled", "retriable-status-codes");
    private static final long BACKOFF_MILLIS = 25;

    /** The names of gRPC's status codes, by their numbers (grpc/doc/statuscodes.md). */
    private static final List<String> GRPC = List.of("OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
            "UNAUTHENTICATED");

    private final boolean retry503;
    private final MatchCompiler matches;
    private final UnsupportedReport findings;

    FilterCompiler(boolean retry503, CompileBudget budget, UnsupportedReport findings) {
        this.retry503 = retry503;
        this.matches = new MatchCompiler(budget);
        this.findings = findings;
    }

    /** Istio's own policy, for routes that say nothing. */
    Retry defaultRetry(boolean avoidTried) {
        return new Retry(2, DEFAULT_CONDITIONS, retry503 ? Set.of(503) : Set.of(), 0, BACKOFF_MILLIS, avoidTried);
    }

    Retry retry(Rule rule, boolean avoidTried) {
        Retry defaults = defaultRetry(avoidTried);
        JsonNode retries = rule.spec().path("retries");
        if (retries.isMissingNode()) {
            return defaults;
        }
        int attempts = retries.path("attempts").asInt();
        if (attempts <= 0) {
            return Retry.NEVER;
        }
        if (retries.path("retryRemoteLocalities").asBoolean()) {
            findings.notSupported(rule.meta(), "spec.http[" + rule.index()
                    + "].retries.retryRemoteLocalities is not supported: all pods of this lab are in one place.");
        }
        Set<String> on = defaults.on();
        Set<Integer> statuses = defaults.statuses();
        if (!Json.text(retries, "retryOn").isEmpty()) {
            on = new LinkedHashSet<>();
            statuses = new LinkedHashSet<>();
            for (String part : Json.text(retries, "retryOn").split(",")) {
                read(part.strip(), on, statuses);
            }
        }
        long backoff = Json.millis(retries, "backoff");
        boolean avoid = retries.path("retryIgnorePreviousHosts").asBoolean(avoidTried);
        return new Retry(attempts, on, statuses, Json.millis(retries, "perTryTimeout"),
                backoff > 0 ? backoff : BACKOFF_MILLIS, avoid);
    }

    private static void read(String condition, Set<String> on, Set<Integer> statuses) {
        if (condition.matches("[1-5]\\d\\d")) {
            statuses.add(Integer.parseInt(condition));
            on.add("retriable-status-codes");
        } else if (!condition.isEmpty()) {
            on.add(condition);
        }
    }

    Fault fault(Rule rule) {
        JsonNode fault = rule.spec().path("fault");
        if (fault.isMissingNode()) {
            return Fault.NONE;
        }
        JsonNode delay = fault.path("delay");
        JsonNode abort = fault.path("abort");
        if (Json.has(delay, "exponentialDelay")) {
            tell(rule, "fault.delay.exponentialDelay is not supported: nothing is delayed.");
        }
        int grpc = Json.has(abort, "grpcStatus") ? GRPC.indexOf(Json.text(abort, "grpcStatus")) : -1;
        int delayed = Json.has(delay, "percentage")
                ? Json.millionths(delay.path("percentage"))
                : delay.path("percent").asInt() * 10_000;
        boolean aborts = grpc >= 0 || Json.has(abort, "httpStatus");
        return new Fault(delayed, Json.millis(delay, "fixedDelay"), aborts ? Json.millionths(abort.path("percentage"))
                : 0, grpc >= 0 ? 200 : abort.path("httpStatus").asInt(), grpc);
    }

    private void tell(Rule rule, String message) {
        findings.notSupported(rule.meta(), "spec.http[" + rule.index() + "]." + message);
    }

    Cors cors(JsonNode policy) {
        if (policy.isMissingNode()) {
            return Cors.NONE;
        }
        List<TextMatch> origins = new java.util.ArrayList<>();
        if (Json.has(policy, "allowOrigins")) {
            policy.path("allowOrigins").forEach(origin -> origins.add(matches.text(origin, false)));
        } else {
            Json.texts(policy, "allowOrigin").forEach(origin -> origins.add(new TextMatch.Exact(origin, false)));
        }
        String maxAge = Json.has(policy, "maxAge") ? String.valueOf(Json.millis(policy, "maxAge") / 1000) : "";
        return new Cors(true, origins, String.join(",", Json.texts(policy, "allowMethods")),
                String.join(",", Json.texts(policy, "allowHeaders")),
                String.join(",", Json.texts(policy, "exposeHeaders")), maxAge,
                policy.path("allowCredentials").asBoolean(),
                !Json.text(policy, "unmatchedPreflights").equals("IGNORE"));
    }
}

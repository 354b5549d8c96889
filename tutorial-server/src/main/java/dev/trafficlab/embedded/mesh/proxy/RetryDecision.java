package dev.trafficlab.embedded.mesh.proxy;

import java.util.Map;
import java.util.Set;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.route.RouteAction.Retry;

/** Envoy's conditions for trying again. Envoy: router/retry_state_impl.cc. */
final class RetryDecision {

    private static final Map<String, String> GRPC = Map.of("cancelled", "1", "deadline-exceeded", "4",
            "resource-exhausted", "8", "internal", "13", "unavailable", "14");

    private RetryDecision() {}

    /** Whether the policy wants another try after this one. */
    static boolean wants(Retry retry, Attempt attempt) {
        return switch (attempt) {
            case Attempt.Replied replied -> wants(retry, replied.response());
            case Attempt.Refused _ -> afterReset(retry.on()) || retry.on().contains("connect-failure");
            case Attempt.Reset _,Attempt.TimedOut _,Attempt.ProtocolError _ -> afterReset(retry.on()) || retry.on()
                    .contains("reset");
            case Attempt.Overflow _,Attempt.OutOfTime _ -> false;
        };
    }

    private static boolean afterReset(Set<String> on) {
        return on.contains("5xx") || on.contains("gateway-error");
    }

    private static boolean wants(Retry retry, AppResponse response) {
        Set<String> on = retry.on();
        int status = response.status();
        if (response.headers().first("x-envoy-overloaded").isPresent()
                || response.headers().first("x-envoy-ratelimited").isPresent()) {
            return false;
        }
        boolean byStatus = on.contains("5xx") && status >= 500
                || on.contains("gateway-error") && status >= 502 && status <= 504
                || on.contains("retriable-4xx") && status == 409
                || on.contains("retriable-status-codes") && retry.statuses().contains(status);
        return byStatus || response.headers()
                .first("grpc-status")
                .filter(grpc -> GRPC.entrySet()
                        .stream()
                        .anyMatch(code -> on.contains(code.getKey()) && code.getValue().equals(grpc)))
                .isPresent();
    }
}

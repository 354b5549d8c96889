package dev.trafficlab.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import dev.trafficlab.limits.Limits;

/** How often a token's holder may ask the Kubernetes API, and how often write. A made-up token counts for itself alone. */
final class ApiGate {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Limits limits;

    ApiGate(Limits limits) {
        this.limits = limits;
    }

    /** How long to wait before a request is taken; nothing when it is taken now. */
    Optional<Duration> wait(String token, String method) {
        Optional<Duration> wait = limits.kubernetesRequests().tryTake(token, 1);
        return wait.isPresent() || READING.contains(method) ? wait : limits.kubernetesWrites().tryTake(token, 1);
    }
}

package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What a pod's status says. */
public final class Pods {

    /**
     * Which of a ReplicaSet's pods goes first when there are too many: one without a node before one with, a pending before a running
     * one, an unready before a ready one, one that restarted more, the younger.
     */
    public static final Comparator<Resource> EXPENDABLE_FIRST = Comparator.comparing(Pods::hasNode)
            .thenComparing(Pods::isRunning)
            .thenComparing(Pods::isReady)
            .thenComparing(Comparator.comparingInt(Pods::restarts).reversed())
            .thenComparing(Comparator.comparing(Resource::created).reversed());

    private Pods() {}

    public static boolean hasNode(Resource pod) {
        return !pod.spec().path("nodeName").asText().isEmpty();
    }

    static boolean isRunning(Resource pod) {
        return phase(pod).equals("Running");
    }

    /** Whether it has come to its end by itself. */
    public static boolean isOver(Resource pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    public static boolean isReady(Resource pod) {
        return Conditions.isTrue(pod.status(), "Ready");
    }

    public static String phase(Resource pod) {
        return pod.status().path("phase").asText();
    }

    public static String ip(Resource pod) {
        return pod.status().path("podIP").asText();
    }

    /** How long until a ready pod counts as available: zero when it does, empty when it is not ready. */
    public static Optional<Duration> untilAvailable(Resource pod, int minReadySeconds, Instant now) {
        if (!isReady(pod)) {
            return Optional.empty();
        }
        Instant since = Conditions.find(pod.status(), "Ready")
                .map(ready -> Timestamps.parse(ready.path("lastTransitionTime").asText()))
                .orElse(Instant.EPOCH);
        Duration left = Duration.between(now, since.plusSeconds(minReadySeconds));
        return Optional.of(left.isNegative() || minReadySeconds == 0 ? Duration.ZERO : left);
    }

    private static int restarts(Resource pod) {
        int restarts = 0;
        for (JsonNode container : pod.status().path("containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return restarts;
    }
}

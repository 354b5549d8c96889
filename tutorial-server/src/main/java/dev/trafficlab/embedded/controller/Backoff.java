package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Waits under way, by whatever they are for. Only real time counts here, so a cluster's clock may stand still. */
public final class Backoff {

    private record Wait(String stage, long until) {}

    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    /** What is left of the wait for the stage, which starts with the first question; empty when it is over. */
    public Optional<Duration> remaining(String key, String stage, Duration whole) {
        if (whole.isZero()) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Wait wait = waits.compute(key, (_, old) -> old != null && old.stage().equals(stage)
                ? old
                : new Wait(stage, now + whole.toNanos()));
        long left = wait.until() - now;
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }

    public void forget(String key) {
        waits.remove(key);
    }
}

package dev.trafficlab.embedded.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Moments as Kubernetes writes them: to the second. */
final class Timestamps {

    private Timestamps() {}

    static String now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant parse(String time) {
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }
}

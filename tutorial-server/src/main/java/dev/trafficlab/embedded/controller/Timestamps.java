package dev.trafficlab.embedded.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Moments as Kubernetes writes them: to the second. */
public final class Timestamps {

    private Timestamps() {}

    public static String now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static Instant parse(String time) {
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }
}

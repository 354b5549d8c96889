package dev.trafficlab.lab;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;

/** Removes idle labs every few minutes. */
class IdleSweep {

    private final ClusterLabs labs;
    private final Duration idleAfter;
    private final InstantSource clock;

    IdleSweep(ClusterLabs labs, Duration idleAfter, InstantSource clock) {
        this.labs = labs;
        this.idleAfter = idleAfter;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        labs.removeIdleSince(clock.instant().minus(idleAfter));
    }
}

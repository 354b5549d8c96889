package dev.trafficlab.lab;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;

/** Removes idle labs every few minutes, when it is this server's turn. */
class IdleSweep {

    private final ClusterLabs labs;
    private final Duration idleAfter;
    private final Turn turn;
    private final InstantSource clock;

    IdleSweep(ClusterLabs labs, Duration idleAfter, Turn turn, InstantSource clock) {
        this.labs = labs;
        this.idleAfter = idleAfter;
        this.turn = turn;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        if (turn.isOurs()) {
            labs.removeIdleSince(clock.instant().minus(idleAfter));
        }
    }
}

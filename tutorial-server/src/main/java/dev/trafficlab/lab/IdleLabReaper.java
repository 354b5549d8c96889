package dev.trafficlab.lab;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;

/** Removes idle labs every few minutes, when it is this server's turn. */
class IdleLabReaper {

    private final ClusterLabs labs;
    private final Duration idleAfter;
    private final LeaderElection turn;
    private final InstantSource clock;

    IdleLabReaper(ClusterLabs labs, Duration idleAfter, LeaderElection turn, InstantSource clock) {
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

package dev.trafficlab.lab.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.springframework.scheduling.annotation.Scheduled;

import dev.trafficlab.lab.ClusterLabs;

/** Removes idle labs every few minutes, when it is this server's turn. */
public class IdleLabReaper {

    private final ClusterLabs labs;
    private final Duration idleAfter;
    private final LeaderElection turn;
    private final InstantSource clock;

    public IdleLabReaper(ClusterLabs labs, Duration idleAfter, LeaderElection turn, InstantSource clock) {
        this.labs = labs;
        this.idleAfter = idleAfter;
        this.turn = turn;
        this.clock = clock;
    }

    /**
     * A clock that never runs ahead of the time that has passed: when the machine's is set forward, or it slept for a day, labs do not
     * look idle all at once. Set back, it shows what the machine's shows.
     *
     * @param nanos time that passes evenly, as {@link System#nanoTime()}
     */
    public static InstantSource unhurried(InstantSource wall, LongSupplier nanos) {
        Instant start = wall.instant();
        long first = nanos.getAsLong();
        return () -> {
            Instant passed = start.plusNanos(nanos.getAsLong() - first);
            Instant shown = wall.instant();
            return shown.isBefore(passed) ? shown : passed;
        };
    }

    @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    public void sweep() {
        if (turn.isOurs()) {
            labs.removeIdleSince(clock.instant().minus(idleAfter));
        }
    }
}

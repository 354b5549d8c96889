package dev.trafficlab.traffic.feed;

import java.time.Duration;

import dev.trafficlab.cluster.Cluster;

/**
 * How often a cluster is asked for what somebody waits to see.
 *
 * @param tick between two pictures at the least
 * @param refresh after which a picture is made anew although nothing told of a change
 * @param settling between two looks at a tally that should soon be complete
 */
public record PollIntervals(Duration tick, Duration refresh, Duration settling) {

    /** In this process asking costs next to nothing, and every request is seen as it passes. */
    public static final PollIntervals EMBEDDED = new PollIntervals(Duration.ofMillis(250), Duration.ofSeconds(1),
            Duration
                    .ofMillis(2));

    /** A real cluster is also sent requests that we never see, so every tick may bring something new. */
    public static final PollIntervals REAL = new PollIntervals(Duration.ofMillis(300), Duration.ZERO, Duration.ofMillis(
            50));

    /** Those for a kind of cluster. */
    public static PollIntervals of(Cluster.Kind kind) {
        return switch (kind) {
            case EMBEDDED -> EMBEDDED;
            case KUBECONFIG -> REAL;
        };
    }
}

package dev.trafficlab.embedded.mesh.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import dev.trafficlab.embedded.Bounds;

/** What one lab's mesh is doing at the moment, and what it has left. Safe for any number of threads. */
public final class LabWork {

    private final Semaphore requests = new Semaphore(Bounds.MESH_REQUESTS);
    private final Semaphore background = new Semaphore(Bounds.MESH_BACKGROUND);
    private final Bucket calls = Bucket.builder()
            .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
            .addLimit(limit -> limit.capacity(2L * Bounds.MESH_EXTRA_CALLS_PER_SECOND)
                    .refillGreedy(Bounds.MESH_EXTRA_CALLS_PER_SECOND, Duration.ofSeconds(1)))
            .build();
    private final Bucket regexSteps = Bucket.builder()
            .withCustomTimePrecision(TimeMeter.SYSTEM_MILLISECONDS)
            .addLimit(limit -> limit.capacity(4 * Bounds.EXTRA_REGEX_STEPS_PER_SECOND)
                    .refillGreedy(Bounds.EXTRA_REGEX_STEPS_PER_SECOND, Duration.ofSeconds(1)))
            .build();

    /** Lets a request in; false when too many are under way. {@link #leave} afterwards if so. */
    boolean enter() {
        return requests.tryAcquire();
    }

    void leave() {
        requests.release();
    }

    /** Takes one call that is no longer free. */
    boolean takeCall() {
        return calls.tryConsume(1);
    }

    /** Takes steps of regular expressions that are no longer free. */
    boolean takeRegexSteps(long count) {
        return regexSteps.tryConsume(count);
    }

    boolean beginBackground() {
        return background.tryAcquire();
    }

    void endBackground() {
        background.release();
    }
}

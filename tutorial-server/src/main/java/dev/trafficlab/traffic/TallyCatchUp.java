package dev.trafficlab.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/**
 * Waits until the tally has caught up: an app posts its colour to the logging backend only after it has answered, so whoever sends
 * requests and then asks for the split would miss the last ones.
 */
final class TallyCatchUp {

    /** A tally that stands still for so long will not grow: a backend is down, or the logs were deleted. */
    private static final Duration STANDSTILL = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final LongSupplier total;
    private final InstantSource clock;
    private final Duration pause;
    private final long before;
    private final LongAdder expected = new LongAdder();

    /** Begins with the tally as it is now. */
    TallyCatchUp(LongSupplier total, InstantSource clock, Duration pause) {
        this.total = total;
        this.clock = clock;
        this.pause = pause;
        this.before = total.getAsLong();
    }

    /** A version of the app that answered well will be counted. */
    void expect(AnsweredRequest answer) {
        if (answer.status() == OK && !answer.version().isEmpty()) {
            expected.increment();
        }
    }

    /** Returns once everything expected is counted, or nothing more seems to come. */
    void await() {
        long wanted = before + expected.sum();
        long last = -1;
        Instant grown = clock.instant();
        while (wanted > before && grown.plus(STANDSTILL).isAfter(clock.instant())) {
            long now = total.getAsLong();
            if (now >= wanted) {
                return;
            }
            grown = now == last ? grown : clock.instant();
            last = now;
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}

package dev.trafficlab.traffic.tally;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/**
 * Waits until the tally has caught up: an app reports to the tally only after it has answered, so whoever sends
 * requests and then asks for the split would miss the last ones.
 */
public final class TallyCatchUp {

    /** A tally that stands still for so long will not grow: a backend is down, or the logs were deleted. */
    private static final Duration STANDSTILL = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final LongSupplier total;
    private final Predicate<Map<String, String>> subject;
    private final InstantSource clock;
    private final Duration pause;
    private final long before;
    private final LongAdder expected = new LongAdder();

    /**
     * Begins with the tally as it is now.
     *
     * @param subject whether a pod of these labels reports to it
     */
    public TallyCatchUp(LongSupplier total, Predicate<Map<String, String>> subject, InstantSource clock,
            Duration pause) {
        this.subject = subject;
        this.total = total;
        this.clock = clock;
        this.pause = pause;
        this.before = total.getAsLong();
    }

    /** What the subject answered well will be counted. */
    public void expect(AnsweredRequest answer) {
        if (answer.status() == OK && subject.test(answer.labels())) {
            expected.increment();
        }
    }

    /** Returns once everything expected is counted, or nothing more seems to come. */
    public void await() {
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

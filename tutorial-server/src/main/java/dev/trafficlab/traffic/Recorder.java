package dev.trafficlab.traffic;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/** Remembers a lab's last requests, its rate and its statuses. Written to by every request: takes no lock. */
final class Recorder {

    private static final int KEPT = 200;
    private static final long SLOT_MILLIS = 250;
    private static final int WINDOW_SLOTS = 8;
    private static final int SLOTS = 2 * WINDOW_SLOTS;
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final InstantSource clock;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicReferenceArray<LiveSnapshot.Sent> ring = new AtomicReferenceArray<>(KEPT);
    /** Requests by quarter of a second: the quarter's number in the upper bits, its count in the lower. */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private volatile Map<String, LongAdder> statuses = new ConcurrentHashMap<>();
    private volatile long cleared;
    private volatile TraceBuffer reasons = new TraceBuffer(KEPT);

    Recorder(InstantSource clock) {
        this.clock = clock;
    }

    long add(AnsweredRequest request) {
        return add(new SentRequest(request, Optional.empty()));
    }

    /** Remembers a request, and gives it its number. */
    long add(SentRequest told) {
        AnsweredRequest request = told.answer();
        long number = numbers.incrementAndGet();
        told.why().ifPresent(why -> reasons.add(why.of(number, request)));
        ring.set((int) (number % KEPT), new LiveSnapshot.Sent(number, request.status(), request.version()));
        statuses.computeIfAbsent(statusName(request.status()), status -> new LongAdder()).increment();
        long quarter = clock.millis() / SLOT_MILLIS;
        slots.accumulateAndGet((int) (quarter % SLOTS), quarter, Recorder::countIn);
        changes.incrementAndGet();
        return number;
    }

    /** Starts afresh, but for the numbering. */
    void clear() {
        cleared = numbers.get();
        statuses = new ConcurrentHashMap<>();
        changes.incrementAndGet();
    }

    /** The reasons for one of the last requests, when they were kept. */
    Optional<TracedRequest> reasons(long number) {
        return reasons.of(number);
    }

    /** Lets go of all reasons: nobody is there to ask for them. */
    void forgetReasons() {
        reasons = new TraceBuffer(KEPT);
    }

    /** Notes a change that is not a request. */
    void touch() {
        changes.incrementAndGet();
    }

    /** Grows with every change. */
    long changes() {
        return changes.get();
    }

    /** The last requests, newest first, their numbers without a gap. */
    List<LiveSnapshot.Sent> recent() {
        List<LiveSnapshot.Sent> recent = new ArrayList<>(KEPT);
        long newest = numbers.get();
        for (long number = newest; number > Math.max(cleared, newest - KEPT); number--) {
            LiveSnapshot.Sent sent = ring.get((int) (number % KEPT));
            // A slot may still hold an older request, or a newer one already: its number tells.
            if (sent != null && sent.number() == number) {
                recent.add(sent);
            } else if (!recent.isEmpty()) {
                break;
            }
        }
        return recent;
    }

    /** Requests a second over the last two seconds. */
    double perSecond() {
        long now = clock.millis() / SLOT_MILLIS;
        long count = 0;
        for (int i = 0; i < SLOTS; i++) {
            long slot = slots.get(i);
            long age = now - (slot >>> COUNT_BITS);
            if (age >= 0 && age < WINDOW_SLOTS) {
                count += slot & COUNT_MASK;
            }
        }
        return count * 1000.0 / (WINDOW_SLOTS * SLOT_MILLIS);
    }

    Map<String, Long> byStatus() {
        Map<String, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** How a status is called in a report. */
    static String statusName(int status) {
        return status == 0 ? "refused" : Integer.toString(status);
    }

    private static long countIn(long slot, long quarter) {
        return slot >>> COUNT_BITS == quarter ? slot + 1 : (quarter << COUNT_BITS) + 1;
    }
}

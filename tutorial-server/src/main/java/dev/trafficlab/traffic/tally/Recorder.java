package dev.trafficlab.traffic.tally;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.TracedRequest;
import dev.trafficlab.traffic.TrafficReport;

/** Remembers a lab's last requests, its rate and its statuses. Written to by every request: takes no lock. */
public final class Recorder {

    private static final int KEPT = 200;
    private static final long SLOT_MILLIS = 250;
    private static final int WINDOW_SLOTS = 8;
    private static final int SLOTS = 2 * WINDOW_SLOTS;
    private static final int COUNT_BITS = 24;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final InstantSource clock;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicReferenceArray<Kept> ring = new AtomicReferenceArray<>(KEPT);
    /** Requests by quarter of a second: the quarter's number in the upper bits, its count in the lower. */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final Function<MeshRequest, RoutePlan> planner;
    private volatile RequestWindow window = new RequestWindow(0, Optional.of(Map.of()));
    private volatile long cleared;
    private volatile TraceBuffer reasons = new TraceBuffer(KEPT);

    /**
     * A recorder of one lab.
     *
     * @param planner tells what would become of a request by the lab's objects of this moment
     */
    public Recorder(InstantSource clock, Function<MeshRequest, RoutePlan> planner) {
        this.clock = clock;
        this.planner = planner;
    }

    /** Remembers a request by what the routes do with it, and gives it its number. */
    public long add(MeshRequest request, AnsweredRequest answer, Optional<RequestTrace> why) {
        return add(planner.apply(request), request, answer, why);
    }

    /** The same for a request whose plan is known already. */
    public long add(RoutePlan plan, MeshRequest request, AnsweredRequest answer, Optional<RequestTrace> why) {
        countsOf(plan, request).add(answer);
        long number = numbers.incrementAndGet();
        why.ifPresent(trace -> reasons.add(trace.of(number, answer)));
        ring.set((int) (number % KEPT), new Kept(number, answer.status(), answer.labels()));
        long quarter = clock.millis() / SLOT_MILLIS;
        slots.accumulateAndGet((int) (quarter % SLOTS), quarter, Recorder::countIn);
        changes.incrementAndGet();
        return number;
    }

    /** A plan that comes for the first time may mean that the objects have changed: then what was counted before is another matter. */
    private PlanCounts countsOf(RoutePlan plan, MeshRequest request) {
        return window.find(plan).orElseGet(() -> current().open(plan, request));
    }

    /** The window of this moment: a new one where the objects treat its requests differently by now. */
    RequestWindow window() {
        return current();
    }

    private synchronized RequestWindow current() {
        if (window.isOutdated(planner)) {
            window = new RequestWindow(numbers.get(), Optional.empty());
        }
        return window;
    }

    /** The number of the last request that is not counted any more. */
    public long since() {
        return window.since();
    }

    /** Starts afresh, but for the numbering: the tally was emptied. */
    public synchronized void clear() {
        cleared = numbers.get();
        window = new RequestWindow(cleared, Optional.of(Map.of()));
        changes.incrementAndGet();
    }

    /** The reasons for one of the last requests, when they were kept. */
    public Optional<TracedRequest> reasons(long number) {
        return reasons.of(number);
    }

    /** Lets go of all reasons: nobody is there to ask for them. */
    public void forgetReasons() {
        reasons = new TraceBuffer(KEPT);
    }

    /** Notes a change that is not a request. */
    public void touch() {
        changes.incrementAndGet();
    }

    /** Grows with every change. */
    public long changes() {
        return changes.get();
    }

    /**
     * The last requests, newest first, their numbers without a gap.
     *
     * @param label the label that names a pod's version
     */
    public List<LiveSnapshot.Sent> recent(String label) {
        List<LiveSnapshot.Sent> recent = new ArrayList<>(KEPT);
        long newest = numbers.get();
        for (long number = newest; number > Math.max(cleared, newest - KEPT); number--) {
            Kept kept = ring.get((int) (number % KEPT));
            // A slot may still hold an older request, or a newer one already: its number tells.
            if (kept != null && kept.number() == number) {
                recent.add(new LiveSnapshot.Sent(number, kept.status(), kept.labels().getOrDefault(label, "")));
            } else if (!recent.isEmpty()) {
                break;
            }
        }
        return recent;
    }

    /** A request as it is remembered. */
    private record Kept(long number, int status, Map<String, String> labels) {}

    /** Requests a second over the last two seconds. */
    public double perSecond() {
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

    /** Counts by status within the window. */
    public Map<String, Long> byStatus() {
        Map<String, Long> counts = new TreeMap<>();
        for (PlanCounts plan : window.plans()) {
            plan.endings()
                    .forEach((ending, count) -> counts.merge(TrafficReport.statusName(ending.status()), count.sum(),
                            Long::sum));
        }
        return counts;
    }

    private static long countIn(long slot, long quarter) {
        return slot >>> COUNT_BITS == quarter ? slot + 1 : (quarter << COUNT_BITS) + 1;
    }
}

package dev.trafficlab.traffic.tally;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/**
 * The requests that are counted together: since the logs were deleted, or since the lab's objects last changed what they do with such
 * requests. Takes a lock only when a plan comes for the first time.
 */
final class RequestWindow {

    /** Requests of more plans than these are counted with the last one; a stranger may ask for any number of paths. */
    private static final int MOST_PLANS = 64;

    private final long since;
    private final Map<RoutePlan, PlanCounts> plans = new ConcurrentHashMap<>();
    /** The same by the plan object itself, as plans are large and mostly come as the same object. Never changed once published. */
    private volatile Map<RoutePlan, PlanCounts> known = new IdentityHashMap<>();
    private Optional<Map<String, Long>> before;

    /**
     * A window.
     *
     * @param since the number of the last request before it
     * @param before what the tally had counted when it opened, if that is known
     */
    RequestWindow(long since, Optional<Map<String, Long>> before) {
        this.since = since;
        this.before = before;
    }

    long since() {
        return since;
    }

    /** The counts of a plan, once a request of it has come. */
    Optional<PlanCounts> find(RoutePlan plan) {
        PlanCounts counts = known.get(plan);
        return counts != null ? Optional.of(counts)
                : Optional.ofNullable(plans.get(plan))
                        .map(found -> alias(plan,
                                found));
    }

    /** The counts of a plan that may be new. */
    PlanCounts open(RoutePlan plan, MeshRequest sample) {
        if (plans.size() >= MOST_PLANS) {
            return plans.getOrDefault(plan, plans.values().iterator().next());
        }
        return alias(plan, plans.computeIfAbsent(plan, _ -> new PlanCounts(plan, sample)));
    }

    private synchronized PlanCounts alias(RoutePlan plan, PlanCounts counts) {
        if (!plan.destinations().isEmpty()) {
            Map<RoutePlan, PlanCounts> more = known.size() < MOST_PLANS ? new IdentityHashMap<>(known)
                    : new IdentityHashMap<>();
            more.put(plan, counts);
            known = more;
        }
        return counts;
    }

    Collection<PlanCounts> plans() {
        return plans.values();
    }

    /** Whether requests of the same kind would take another way by now. */
    boolean isOutdated(Function<MeshRequest, RoutePlan> planner) {
        return plans.values().stream().anyMatch(counts -> {
            RoutePlan now = planner.apply(counts.sample());
            return now != counts.plan() && !now.equals(counts.plan());
        });
    }

    /**
     * What the tally counted within the window.
     *
     * @param tally what it has counted in all
     * @param own what this server saw answered within the window, by the tally's names
     */
    synchronized Map<String, Long> within(Map<String, Long> tally, Map<String, Long> own) {
        Map<String, Long> start = before.orElseGet(() -> difference(tally, own));
        boolean emptied = start.entrySet()
                .stream()
                .anyMatch(count -> tally.getOrDefault(count.getKey(), 0L) < count
                        .getValue());
        start = emptied ? Map.of() : start;
        before = Optional.of(start);
        return difference(tally, start);
    }

    private static Map<String, Long> difference(Map<String, Long> counts, Map<String, Long> less) {
        Map<String, Long> difference = new TreeMap<>();
        counts.forEach((name, count) -> {
            long more = count - less.getOrDefault(name, 0L);
            if (more > 0) {
                difference.put(name, more);
            }
        });
        return difference;
    }
}

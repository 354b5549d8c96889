package dev.trafficlab.traffic.tally;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/** How requests of one plan ended. Written to by every request: takes no lock. */
final class PlanCounts {

    private static final int MOST_ENDINGS = 200;
    private static final byte[] NO_BODY = {};

    private final RoutePlan plan;
    private final MeshRequest sample;
    private final ConcurrentMap<Ending, LongAdder> endings = new ConcurrentHashMap<>();

    /** Counts of a plan, with a request that shows whether it still holds. */
    PlanCounts(RoutePlan plan, MeshRequest sample) {
        this.plan = plan;
        this.sample = new MeshRequest(sample.origin(), sample.method(), sample.authority(), sample.target(), sample
                .headers(), sample.peer(), NO_BODY);
    }

    /**
     * How a request ended.
     *
     * @param status HTTP status, 0 when there was no answer
     * @param byPod whether a pod answered
     * @param labels that pod's labels
     * @param flags Envoy's response flags
     */
    record Ending(int status, boolean byPod, Map<String, String> labels, List<String> flags) {

        boolean failed() {
            return status == 0 || status >= 400;
        }
    }

    RoutePlan plan() {
        return plan;
    }

    MeshRequest sample() {
        return sample;
    }

    Map<Ending, LongAdder> endings() {
        return endings;
    }

    void add(AnsweredRequest answer) {
        Ending ending = new Ending(answer.status(), answer.byPod(), answer.labels(), answer.flags());
        LongAdder known = endings.get(ending);
        if (known == null && endings.size() < MOST_ENDINGS) {
            known = endings.computeIfAbsent(ending, _ -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
    }

    long requests() {
        return endings.values().stream().mapToLong(LongAdder::sum).sum();
    }
}

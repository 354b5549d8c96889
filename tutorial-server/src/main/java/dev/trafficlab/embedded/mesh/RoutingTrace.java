package dev.trafficlab.embedded.mesh;

import java.util.List;
import java.util.Map;

/**
 * Why one request went where it went, stage by stage in the order of Envoy's decisions.
 *
 * @param stages the stages passed, the last one being the answer
 */
public record RoutingTrace(List<Stage> stages) {

    public RoutingTrace {
        stages = List.copyOf(stages);
    }

    /**
     * One decision.
     *
     * @param name which: {@code listener}, {@code gateway}, {@code virtual host}, {@code route}, {@code rewrite}, {@code weights},
     *     {@code subset}, {@code load balancer}, {@code upstream}, {@code answer}, …
     * @param outcome how it went
     * @param reason one plain sentence for the learner
     * @param facts the figures behind it, by name (a roll, intervals, a hash, …), in the order to show them
     */
    public record Stage(String name, Outcome outcome, String reason, Map<String, String> facts) {}

    /** How a stage went. */
    public enum Outcome {
        /** It let the request on. */
        PASSED,
        /** It was tried and did not match; the next one is. */
        SKIPPED,
        /** It ended the request with an answer of the proxy's own. */
        ENDED
    }
}

package dev.trafficlab.instructor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One lab as the instructor sees it.
 *
 * @param id its name
 * @param course the course its learner takes
 * @param created when it was made
 * @param seen when its learner was last here
 * @param current the step its learner is at
 * @param passed how many steps are passed
 * @param steps every step of the course, in order
 */
public record LabOverview(String id, String course, Instant created, Instant seen, String current, int passed,
        List<StepOverview> steps) {

    public LabOverview {
        steps = List.copyOf(steps);
    }

    /** What the progress bar calls the step its learner is at; the step's id where it has no label. */
    public String currentLabel() {
        return steps.stream().filter(step -> step.id().equals(current)).map(StepOverview::label).findFirst().orElse(
                current);
    }

    /**
     * One step of it.
     *
     * @param id its name
     * @param label a word or two
     * @param applied when Apply last succeeded
     * @param checked when Check was first passed
     */
    public record StepOverview(String id, String label, Optional<Instant> applied, Optional<Instant> checked) {

        /** {@code passed}, {@code applied} or {@code open}. */
        public String state() {
            if (checked.isPresent()) {
                return "passed";
            }
            return applied.isPresent() ? "applied" : "open";
        }
    }
}

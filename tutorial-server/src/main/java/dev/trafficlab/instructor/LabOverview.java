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
record LabOverview(String id, String course, Instant created, Instant seen, String current, int passed,
        List<StepOverview> steps) {

    LabOverview {
        steps = List.copyOf(steps);
    }

    /**
     * One step of it.
     *
     * @param id its name
     * @param label a word or two
     * @param applied when Apply last succeeded
     * @param checked when Check was first passed
     */
    record StepOverview(String id, String label, Optional<Instant> applied, Optional<Instant> checked) {}
}

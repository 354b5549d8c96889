package dev.trafficlab.lab;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One learner's world as of now.
 *
 * @param id its name in addresses, also the name of its namespace
 * @param course the id of its course
 * @param created when it was made
 * @param seen when its learner was last here
 * @param current the step the learner is at: the one last opened
 * @param progress by step id; a step not yet touched has no entry
 */
public record Lab(String id, String course, Instant created, Instant seen, String current,
        Map<String, StepProgress> progress) {

    public Lab {
        progress = Map.copyOf(progress);
    }

    /** The step's progress. */
    public StepProgress progress(String stepId) {
        return progress.getOrDefault(stepId, StepProgress.NONE);
    }

    /**
     * How far a step is.
     *
     * @param applied when Apply last succeeded
     * @param checked when Check was first passed
     */
    public record StepProgress(Optional<Instant> applied, Optional<Instant> checked) {

        static final StepProgress NONE = new StepProgress(Optional.empty(), Optional.empty());
    }
}

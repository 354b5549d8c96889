package dev.trafficlab.instructor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.util.StringUtils;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Lab.StepProgress;

/**
 * One lab as the instructor sees it.
 *
 * @param id its name, also that of its namespace
 * @param course the course its learner takes
 * @param created when it was made
 * @param seen when its learner was last here
 * @param current the page its learner is at
 * @param passed how many steps are passed
 * @param steps every step of the course, in order
 */
public record LabOverview(String id, String course, Instant created, Instant seen, String current, int passed,
        List<StepOverview> steps) {

    public LabOverview {
        steps = List.copyOf(steps);
    }

    static LabOverview of(Lab lab, Optional<Course> course) {
        List<StepOverview> steps = course.map(Course::steps)
                .orElse(List.of())
                .stream()
                .map(step -> StepOverview.of(step, lab.progress(step.id())))
                .toList();
        int passed = (int) steps.stream().filter(StepOverview::checked).count();
        return new LabOverview(lab.id(), lab.course(), lab.created(), lab.seen(), lab.current(), passed, steps);
    }

    /** What the progress bar calls the step its learner is at; the page's own name where it is no step. */
    public String currentLabel() {
        return steps.stream()
                .filter(step -> step.id().equals(current))
                .map(StepOverview::label)
                .findFirst()
                .orElse(StringUtils.capitalize(current));
    }

    /**
     * One step of it.
     *
     * @param id its name
     * @param label a word or two
     * @param applied whether Apply has succeeded
     * @param appliedAt when it last did
     * @param checked whether Check was passed
     * @param checkedAt when it first was
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record StepOverview(String id, String label, boolean applied, Optional<Instant> appliedAt, boolean checked,
            Optional<Instant> checkedAt) {

        static StepOverview of(Step step, StepProgress progress) {
            return new StepOverview(step.id(), step.label(), progress.applied().isPresent(), progress.applied(),
                    progress.checked().isPresent(), progress.checked());
        }

        /** {@code passed}, {@code applied} or {@code open}. */
        public String state() {
            if (checked) {
                return "passed";
            }
            return applied ? "applied" : "open";
        }
    }
}

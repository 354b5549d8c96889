package dev.trafficlab.course;

import java.util.List;
import java.util.Optional;

/**
 * An ordered list of steps between a welcome and a finish page.
 *
 * @param id its name in addresses, that of its folder
 * @param title for people
 * @param summary one or two sentences for the landing page
 * @param level how much its learners should know already
 * @param order its place in the catalogue, 1 for the first
 * @param experiment the apps it experiments with
 * @param welcome the page before the first step
 * @param steps at least one
 * @param finish the page after the last step
 */
public record Course(String id, String title, String summary, Level level, int order, Experiment experiment,
        Page welcome, List<Step> steps, Page finish) {

    public Course {
        steps = List.copyOf(steps);
    }

    /** How much learners should know already. */
    public enum Level {
        BEGINNER,
        INTERMEDIATE,
        ADVANCED
    }

    /** The step of that id. */
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }

    /** How long reading and trying all steps takes. */
    public int minutes() {
        return steps.stream().mapToInt(Step::minutes).sum();
    }
}

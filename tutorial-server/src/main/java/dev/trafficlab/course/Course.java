package dev.trafficlab.course;

import java.util.List;
import java.util.Optional;

/**
 * An ordered list of steps between a welcome and a finish page.
 *
 * @param id its name in addresses, e.g. {@code traffic-weighting}
 * @param title for people
 * @param summary one or two sentences for the landing page
 * @param welcome the page before the first step
 * @param steps at least one
 * @param finish the page after the last step
 */
public record Course(String id, String title, String summary, Page welcome, List<Step> steps, Page finish) {

    public Course {
        steps = List.copyOf(steps);
    }

    /** The step of that id. */
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }
}

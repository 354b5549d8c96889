package dev.trafficlab.course;

import java.util.List;

/**
 * What a step leaves to its learner to find: a task without steps, that has its own check.
 *
 * @param task what to bring about
 * @param hint where to look, for who is stuck
 * @param solution one way to do it
 * @param checks what holds once it is done, in order
 */
public record Exercise(String task, String hint, Step.Manifest solution, List<Check> checks) {

    public Exercise {
        checks = List.copyOf(checks);
    }
}

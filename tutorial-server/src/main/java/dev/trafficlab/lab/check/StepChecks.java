package dev.trafficlab.lab.check;

import dev.trafficlab.course.Check;

/** Runs checks on a lab. */
public final class StepChecks {

    private StepChecks() {}

    /** Looks whether the check holds now. */
    public static CheckFinding look(Check check, CheckedLab lab) {
        if (check.condition() instanceof LabCondition condition) {
            return condition.look(lab);
        }
        throw new IllegalStateException("The check \"" + check.name() + "\" cannot be looked at in a lab");
    }
}

package dev.trafficlab.lab.check;

import dev.trafficlab.course.CheckKind;

/** A condition that can be looked at in a lab. */
public interface LabCondition extends CheckKind.Condition {

    /** Looks whether it holds now. */
    CheckFinding look(CheckedLab lab);
}

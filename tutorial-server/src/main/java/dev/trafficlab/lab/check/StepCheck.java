package dev.trafficlab.lab.check;

import java.util.List;

import dev.trafficlab.course.Check;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Lab;

/**
 * Looks whether a step is passed. What was passed once stays passed, also where a later step has made it untrue, and a check that a later
 * step must make untrue is passed with that step: so steps may be applied in any order.
 */
public record StepCheck(CheckedLab objects, Lab lab) {

    public CheckOutcome run(Step step) {
        return run(step.checks(), lab.progress(step.id()).checked().isPresent());
    }

    /** Looks as if for the first time. */
    public CheckOutcome run(List<Check> checks) {
        return run(checks, false);
    }

    private CheckOutcome run(List<Check> checks, boolean before) {
        var results = checks.stream().map(check -> result(check, before)).toList();
        return new CheckOutcome(results.stream().allMatch(CheckOutcome.Result::passed), results, List.of());
    }

    private CheckOutcome.Result result(Check check, boolean passedBefore) {
        CheckFinding finding = StepChecks.look(check, objects);
        if (finding.holds()) {
            return new CheckOutcome.Result(check.name(), true, finding.found());
        }
        if (passedBefore) {
            return new CheckOutcome.Result(check.name(), true, "You passed this before. By now: " + finding.found());
        }
        if (!check.until().isEmpty() && lab.progress(check.until()).applied().isPresent()) {
            return new CheckOutcome.Result(check.name(), true, "A later step that you applied has moved on from here. "
                    + "By now: " + finding.found());
        }
        String reason = check.hint().isEmpty() ? finding.found() : finding.found() + " " + check.hint();
        return new CheckOutcome.Result(check.name(), false, reason);
    }
}

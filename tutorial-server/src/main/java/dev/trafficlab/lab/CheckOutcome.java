package dev.trafficlab.lab;

import java.util.List;

import dev.trafficlab.embedded.analysis.Finding;

/**
 * What the checks of a step found.
 *
 * @param passed whether all passed
 * @param checks one entry a check, in the step's order
 * @param findings what the analysis finds in the lab, where a check failed
 */
public record CheckOutcome(boolean passed, List<Result> checks, List<Finding> findings) {

    public CheckOutcome {
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }

    /** The same with what the analysis finds in the lab. */
    CheckOutcome with(List<Finding> found) {
        return new CheckOutcome(passed, checks, found);
    }

    /**
     * One check's finding.
     *
     * @param name what should hold
     * @param passed whether it does
     * @param reason what was found, and what to do next where it failed
     */
    public record Result(String name, boolean passed, String reason) {}
}

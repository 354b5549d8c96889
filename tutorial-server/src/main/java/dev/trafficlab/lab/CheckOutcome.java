package dev.trafficlab.lab;

import java.util.List;

/**
 * What the checks of a step found.
 *
 * @param passed whether all passed
 * @param checks one entry a check, in the step's order
 */
public record CheckOutcome(boolean passed, List<Result> checks) {

    public CheckOutcome {
        checks = List.copyOf(checks);
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

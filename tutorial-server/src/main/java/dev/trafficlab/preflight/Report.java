package dev.trafficlab.preflight;

import java.time.Instant;
import java.util.List;

/**
 * What all looks at the cluster found.
 *
 * @param at when
 * @param findings in the order to read them
 */
public record Report(Instant at, List<PreflightFinding> findings) {

    public Report {
        findings = List.copyOf(findings);
    }

    /** Whether labs work. */
    public boolean passed() {
        return findings.stream().noneMatch(PreflightFinding.Unmet.class::isInstance);
    }
}

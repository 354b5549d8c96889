package dev.trafficlab.traffic.tally;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Destination;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Outcome;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Target;
import dev.trafficlab.traffic.tally.VersionCatalog.Version;

/**
 * How a plan's requests should spread over the versions.
 *
 * @param shares shares of all requests, 0 to 1, by what the version reports; what leads elsewhere is left out
 * @param weighted whether weights or subsets say so, and not the mere number of pods
 * @param known whether it is known at all: a hash over pods of several versions may spread them anyhow
 */
record Expectation(Map<String, Double> shares, boolean weighted, boolean known) {

    Expectation {
        shares = Map.copyOf(shares);
    }

    /** What the plan asks for; empty when it leads to no version of the subject. */
    static Optional<Expectation> of(RoutePlan plan, VersionCatalog catalog) {
        Map<String, Double> shares = new HashMap<>();
        boolean known = true;
        for (Destination destination : plan.destinations()) {
            Map<String, Double> within = within(destination, catalog);
            within.forEach((reported, share) -> shares.merge(reported, share * destination.share(), Double::sum));
            known &= destination.even() || within.size() <= 1;
        }
        List<Destination> destinations = plan.destinations();
        boolean weighted = plan.outcome() == Outcome.ROUTED && (destinations.size() > 1 || !destinations.isEmpty()
                && !destinations.getFirst().subset().isEmpty());
        return shares.isEmpty() ? Optional.empty() : Optional.of(new Expectation(shares, weighted, known));
    }

    /** Within a destination every pod gets the same; where none runs, its labels still say whose share is lost. */
    private static Map<String, Double> within(Destination destination, VersionCatalog catalog) {
        Map<String, Double> shares = new HashMap<>();
        for (Target pod : destination.pods()) {
            catalog.of(pod.labels())
                    .ifPresent(version -> shares.merge(version.reported(), 1.0 / destination.pods().size(),
                            Double::sum));
        }
        if (destination.pods().isEmpty() && !destination.labels().isEmpty()) {
            List<Version> lost = catalog.selected(destination.labels());
            lost.forEach(version -> shares.merge(version.reported(), 1.0 / lost.size(), Double::sum));
        }
        return shares;
    }

    /** Whether copies of the plan's requests reach the subject. */
    static boolean copies(RoutePlan plan, VersionCatalog catalog) {
        return plan.mirrors().stream().anyMatch(mirror -> !within(mirror, catalog).isEmpty());
    }
}

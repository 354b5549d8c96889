package dev.trafficlab.traffic.tally;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Destination;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Outcome;
import dev.trafficlab.traffic.Split.Cause;
import dev.trafficlab.traffic.Split.Failure;
import dev.trafficlab.traffic.tally.PlanCounts.Ending;

/** Finds out why requests failed: by what the routes would do with them, and by what came back. */
final class Failures {

    private static final int UNAVAILABLE = 503;
    private static final String FAULT_INJECTED = "FI";

    private final VersionCatalog catalog;
    private final Map<Failure, Long> counts = new HashMap<>();
    private final Map<Integer, TreeSet<String>> ownAnswers = new HashMap<>();
    private final Map<Integer, Long> ownCounts = new HashMap<>();

    private Failures(VersionCatalog catalog) {
        this.catalog = catalog;
    }

    /** The failures within the window, the most frequent first. */
    static List<Failure> of(RequestWindow window, VersionCatalog catalog) {
        Failures failures = new Failures(catalog);
        for (PlanCounts counts : window.plans()) {
            counts.endings().forEach((ending, count) -> failures.add(counts.plan(), ending, count.sum()));
        }
        return failures.sorted();
    }

    private void add(RoutePlan plan, Ending ending, long count) {
        if (!ending.failed() || count == 0) {
            return;
        }
        if (ending.byPod()) {
            ownCounts.merge(ending.status(), count, Long::sum);
            TreeSet<String> versions = ownAnswers.computeIfAbsent(ending.status(), _ -> new TreeSet<>());
            catalog.of(ending.labels())
                    .map(VersionCatalog.Version::version)
                    .filter(version -> !version.isEmpty())
                    .ifPresent(versions::add);
            return;
        }
        counts.merge(new Failure(ending.status(), 0, cause(plan, ending)), count, Long::sum);
    }

    private static Cause cause(RoutePlan plan, Ending ending) {
        return switch (plan.outcome()) {
            case NOT_LISTENING -> new Cause.NotListening(plan.reason());
            case NO_ROUTE -> new Cause.NoRoute(plan.reason());
            case ANSWERED_BY_RULE -> new Cause.Rule(plan.rule());
            case ROUTED, UNROUTED -> ending.flags().contains(FAULT_INJECTED) ? new Cause.Rule(plan.rule())
                    : lost(plan, ending);
        };
    }

    private static Cause lost(RoutePlan plan, Ending ending) {
        if (ending.status() == UNAVAILABLE || ending.status() == 0 && plan.outcome() == Outcome.UNROUTED) {
            for (Destination destination : plan.destinations()) {
                if (!destination.missing().isEmpty()) {
                    return new Cause.NoSuchDestination(destination.missing());
                }
                if (destination.pods().isEmpty()) {
                    return new Cause.NoReadyPod(destination.service(), destination.subset());
                }
            }
        }
        return new Cause.Proxy();
    }

    private List<Failure> sorted() {
        List<Failure> failures = new ArrayList<>();
        counts.forEach((failure, count) -> failures.add(new Failure(failure.status(), count, failure.cause())));
        ownCounts.forEach((status, count) -> failures.add(new Failure(status, count, new Cause.OwnAnswer(List.copyOf(
                ownAnswers.getOrDefault(status, new TreeSet<>()))))));
        failures.sort(Comparator.comparingLong(Failure::count).reversed());
        return failures;
    }
}

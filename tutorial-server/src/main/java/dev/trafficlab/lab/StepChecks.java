package dev.trafficlab.lab;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.trafficlab.course.Check;
import dev.trafficlab.course.Check.Answers;
import dev.trafficlab.course.Check.NamespaceLabel;
import dev.trafficlab.course.Check.ObjectsExist;
import dev.trafficlab.course.Check.OneClientOneVersion;
import dev.trafficlab.course.Check.PodsReady;
import dev.trafficlab.course.Check.RouteWeights;
import dev.trafficlab.course.Check.SplitFits;
import dev.trafficlab.course.Check.SubsetsDefined;

/** Runs the checks of a step on one lab. */
final class StepChecks {

    private final LabObjects objects;
    private final PodChecks pods;
    private final RoutingChecks routing;
    private final TrafficChecks traffic;

    StepChecks(LabObjects objects, TrafficChecks traffic) {
        this.objects = objects;
        this.pods = new PodChecks(objects);
        this.routing = new RoutingChecks(objects);
        this.traffic = traffic;
    }

    CheckOutcome run(List<Check> checks) {
        List<CheckOutcome.Result> results = checks.stream().map(check -> look(check).of(check)).toList();
        return new CheckOutcome(results.stream().allMatch(CheckOutcome.Result::passed), results);
    }

    private CheckFinding look(Check check) {
        return switch (check) {
            case ObjectsExist wanted -> objectsExist(wanted);
            case PodsReady wanted -> pods.ready(wanted);
            case NamespaceLabel wanted -> namespaceLabel(wanted);
            case SubsetsDefined wanted -> routing.subsets(wanted);
            case RouteWeights wanted -> routing.weights(wanted);
            case Answers wanted -> traffic.answers(wanted);
            case SplitFits wanted -> traffic.split(wanted);
            case OneClientOneVersion wanted -> traffic.oneClient(wanted);
        };
    }

    private CheckFinding objectsExist(ObjectsExist wanted) {
        LabKind kind = LabKind.named(wanted.kind())
                .orElseThrow(() -> new IllegalStateException("A check names the unknown kind " + wanted.kind()));
        Set<String> missing = new TreeSet<>(wanted.objects());
        missing.removeAll(objects.names(kind));
        return missing.isEmpty()
                ? CheckFinding.holds("Found " + CheckFinding.list(wanted.objects()) + ".")
                : CheckFinding.fails("Not there yet: " + wanted.kind() + " " + CheckFinding.list(missing) + ".");
    }

    private CheckFinding namespaceLabel(NamespaceLabel wanted) {
        String value = objects.namespaceLabels().get(wanted.label());
        if (value == null) {
            return CheckFinding.fails("The namespace has no label " + wanted.label() + ".");
        }
        String found = "The namespace is labelled " + wanted.label() + "=" + value;
        return value.equals(wanted.value())
                ? CheckFinding.holds(found + ".")
                : CheckFinding.fails(found + ", not " + wanted.value() + ".");
    }
}

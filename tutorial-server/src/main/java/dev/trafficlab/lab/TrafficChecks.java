package dev.trafficlab.lab;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.trafficlab.course.Check.Answers;
import dev.trafficlab.course.Check.OneClientOneVersion;
import dev.trafficlab.course.Check.SplitFits;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.LoadSpec.From;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.traffic.TrafficReport;

/** Sends requests into a lab, or looks at those already counted. */
final class TrafficChecks {

    private final Traffic traffic;
    private final String namespace;

    TrafficChecks(Traffic traffic, String namespace) {
        this.traffic = traffic;
        this.namespace = namespace;
    }

    CheckFinding answers(Answers wanted) {
        From from = wanted.inside() ? From.INSIDE : From.OUTSIDE;
        TrafficReport report = traffic.send(namespace, new LoadSpec(1, wanted.path(), 1, Map.of(), from));
        String status = report.byStatus().keySet().stream().findFirst().orElse("refused");
        if ("refused".equals(status)) {
            return CheckFinding.fails("The connection was refused: nobody listens there yet.");
        }
        String found = wanted.path() + " answers " + status;
        return status.equals(String.valueOf(wanted.status()))
                ? CheckFinding.holds(found + ".")
                : CheckFinding.fails(found + ", not " + wanted.status() + ".");
    }

    CheckFinding split(SplitFits wanted) {
        Split split = traffic.split(namespace);
        if (split.total() < wanted.requests()) {
            return CheckFinding.fails("Only " + split.total()
                    + " requests were counted since the logs were last deleted; "
                    + wanted.requests() + " are needed to judge.");
        }
        Map<String, Long> counts = split.colors()
                .stream()
                .filter(share -> share.count() > 0)
                .collect(Collectors.toMap(Share::version, Share::count, Long::sum));
        String found = split.total() + " requests: " + percentages(counts, split.total());
        return SplitTest.fits(counts, wanted.shares())
                ? CheckFinding.holds(found + ".")
                : CheckFinding.fails(found + "; wanted is " + CheckFinding.figures(wanted.shares()) + ".");
    }

    CheckFinding oneClient(OneClientOneVersion wanted) {
        TrafficReport report = traffic.send(namespace, new LoadSpec(wanted.requests(), wanted.path(), 1, Map.of(),
                From.OUTSIDE));
        Map<String, Integer> versions = new TreeMap<>(report.byVersion());
        if (versions.containsKey("none")) {
            return CheckFinding.fails(versions.get("none") + " of " + report.sent()
                    + " requests reached no version of the app.");
        }
        String found = wanted.requests() + " requests of one client reached " + CheckFinding.list(versions.keySet());
        return versions.size() == 1 ? CheckFinding.holds(found + " only.") : CheckFinding.fails(found + ".");
    }

    private static String percentages(Map<String, Long> counts, long total) {
        Map<String, String> percent = new TreeMap<>();
        counts.forEach((version, count) -> percent.put(version, Math.round(100.0 * count / total) + " %"));
        return CheckFinding.figures(percent);
    }
}

package dev.trafficlab.lab.check.traffic;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;
import dev.trafficlab.traffic.GoodnessOfFit;
import dev.trafficlab.traffic.TrafficReport;

/** {@code version-share}: of so many requests of so many clients, sent now, each version answers its share. */
@Component
record VersionShareCheck() implements CheckKind {

    @Override
    public String name() {
        return "version-share";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(RequestFields.read(fields), fields.number("requests", 1, 2_000), fields.number("clients", 1,
                1_000, 1), fields.numbers("shares"));
    }

    private record Wanted(RequestFields request, int requests, int clients, Map<String, Integer> shares)
            implements
                LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            TrafficReport report = lab.send(request.order(requests, clients));
            Map<String, Long> counts = new TreeMap<>();
            report.byVersion().forEach((version, count) -> counts.put(version, count.longValue()));
            GoodnessOfFit fit = GoodnessOfFit.of(counts, shares);
            String found = report.sent() + " requests to " + request.shown() + " were answered by " + CheckFinding
                    .percentages(counts, report.sent());
            if (fit.p().isEmpty()) {
                return CheckFinding.fails(found + "; these are too few to judge.");
            }
            return fit.fits() ? CheckFinding.holds(found + ".")
                    : CheckFinding.fails(found + "; wanted is " + CheckFinding.figures(shares) + ".");
        }
    }
}

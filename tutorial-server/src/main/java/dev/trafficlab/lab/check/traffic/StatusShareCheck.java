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

/**
 * {@code status-share}: of so many requests of so many clients, sent now, each status comes as often as wanted: by shares, or at least
 * or at most so many percent. Chance is allowed for: what it explains once in a thousand times passes.
 */
@Component
record StatusShareCheck() implements CheckKind {

    @Override
    public String name() {
        return "status-share";
    }

    @Override
    public Condition read(YamlMapping fields) {
        Wanted wanted = new Wanted(RequestFields.read(fields), fields.number("requests", 1, 2_000), fields.number(
                "clients", 1, 1_000, 1), percents(fields, "shares"), percents(fields, "at-least"), percents(fields,
                        "at-most"));
        if (wanted.shares.isEmpty() && wanted.least.isEmpty() && wanted.most.isEmpty()) {
            fields.problem("check", "say how often each status is to come, such as  at-least: {200: 99}");
        }
        return wanted;
    }

    private static Map<String, Integer> percents(YamlMapping fields, String field) {
        if (!fields.has(field)) {
            fields.without(field);
            return Map.of();
        }
        Map<String, Integer> percents = fields.numbers(field);
        percents.forEach((status, percent) -> {
            if (!status.matches("[1-5]\\d\\d|refused") || percent > 100) {
                fields.problem(field, "%s: %d is no share of a status; write it like  {200: 99}".formatted(status,
                        percent));
            }
        });
        return percents;
    }

    private record Wanted(RequestFields request, int requests, int clients, Map<String, Integer> shares,
            Map<String, Integer> least, Map<String, Integer> most) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            TrafficReport report = lab.send(request.order(requests, clients));
            Map<String, Long> counts = new TreeMap<>();
            report.byStatus().forEach((status, count) -> counts.put(status, count.longValue()));
            String found = "Of " + report.sent() + " requests to " + request.shown() + " the answers were "
                    + CheckFinding
                            .percentages(counts, report.sent());
            return holds(counts, report.sent()) ? CheckFinding.holds(found + ".")
                    : CheckFinding.fails(found + "; wanted is " + wanted() + ".");
        }

        private boolean holds(Map<String, Long> counts, int sent) {
            return (shares.isEmpty() || GoodnessOfFit.of(counts, shares).fits()) && least.entrySet()
                    .stream()
                    .allMatch(one -> GoodnessOfFit.reaches(counts.getOrDefault(one.getKey(), 0L), sent, one.getValue()
                            / 100.0)) && most.entrySet()
                                    .stream()
                                    .allMatch(one -> GoodnessOfFit.keepsWithin(counts.getOrDefault(one.getKey(), 0L),
                                            sent, one.getValue() / 100.0));
        }

        private String wanted() {
            StringBuilder wanted = new StringBuilder();
            shares.forEach((status, percent) -> add(wanted, status + " " + percent + " %"));
            least.forEach((status, percent) -> add(wanted, status + " at least " + percent + " %"));
            most.forEach((status, percent) -> add(wanted, status + " at most " + percent + " %"));
            return wanted.toString();
        }

        private static void add(StringBuilder wanted, String part) {
            wanted.append(wanted.isEmpty() ? "" : ", ").append(part);
        }
    }
}

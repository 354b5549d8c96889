package dev.trafficlab.lab.check.traffic;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;
import dev.trafficlab.traffic.TrafficReport;

/**
 * {@code one-client-one-version}: all requests of one client reach one version, and many clients still reach several: where everything
 * goes to one version, no client sticks to anything.
 */
@Component
record OneClientCheck() implements CheckKind {

    private static final int USUAL_CLIENTS = 60;
    private static final String NONE = "none";

    @Override
    public String name() {
        return "one-client-one-version";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(RequestFields.read(fields), fields.number("requests", 2, 1_000), fields.number("clients", 2,
                1_000, USUAL_CLIENTS));
    }

    private record Wanted(RequestFields request, int requests, int clients) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            TrafficReport one = lab.send(request.order(requests, 1));
            Map<String, Integer> versions = new TreeMap<>(one.byVersion());
            if (versions.containsKey(NONE)) {
                return CheckFinding.fails(versions.get(NONE) + " of " + one.sent()
                        + " requests reached no version of the app.");
            }
            String found = requests + " requests of one client reached " + CheckFinding.list(versions.keySet());
            if (versions.size() != 1) {
                return CheckFinding.fails(found + ".");
            }
            TrafficReport many = lab.send(request.order(clients, clients));
            Map<String, Integer> all = new TreeMap<>(many.byVersion());
            all.remove(NONE);
            return all.size() > 1
                    ? CheckFinding.holds(found + " only; " + clients + " clients reached " + CheckFinding.list(all
                            .keySet()) + ".")
                    : CheckFinding.fails(found + " only, but so did all of " + clients + " clients: everything goes "
                            + "there, whoever asks.");
        }
    }
}

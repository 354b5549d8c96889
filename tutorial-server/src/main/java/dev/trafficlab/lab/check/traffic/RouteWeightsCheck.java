package dev.trafficlab.lab.check.traffic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Destination;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Outcome;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/**
 * {@code route-weights}: the route that such a request takes gives each version its share, whatever the rule looks like: weights 1/3/6
 * are the same as 10/30/60.
 */
@Component
record RouteWeightsCheck() implements CheckKind {

    private static final double TOLERANCE = 0.005;

    @Override
    public String name() {
        return "route-weights";
    }

    @Override
    public Condition read(YamlMapping fields) {
        fields.text("virtual-service", "");
        return new Wanted(RequestFields.read(fields), fields.numbers("weights"));
    }

    private record Wanted(RequestFields request, Map<String, Integer> weights) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            RoutePlan plan = lab.plan(request.order(1, 1));
            if (plan.outcome() == Outcome.NOT_LISTENING || plan.outcome() == Outcome.NO_ROUTE) {
                return CheckFinding.fails(plan.reason());
            }
            if (plan.destinations().isEmpty()) {
                return CheckFinding.fails("The route for " + request.shown() + " leads to no version: " + plan
                        .reason());
            }
            Map<String, Double> found = shares(plan, lab.experiment().subject().label());
            String says = "The route for " + request.shown() + " gives " + CheckFinding.percentages(found, 1);
            return isWanted(found) ? CheckFinding.holds(says + ".")
                    : CheckFinding.fails(says + "; wanted is " + CheckFinding.percentages(weights, sum()) + ".");
        }

        private int sum() {
            return weights.values().stream().mapToInt(Integer::intValue).sum();
        }

        private boolean isWanted(Map<String, Double> found) {
            Map<String, Object> all = new HashMap<>(found);
            all.putAll(weights);
            return all.keySet()
                    .stream()
                    .allMatch(name -> Math.abs(found.getOrDefault(name, 0.0) - (double) weights.getOrDefault(name, 0)
                            / Math.max(1, sum())) < TOLERANCE);
        }

        private static Map<String, Double> shares(RoutePlan plan, String label) {
            Map<String, Double> shares = new TreeMap<>();
            plan.destinations()
                    .forEach(destination -> shares.merge(name(destination, label), destination.share(),
                            Double::sum));
            return shares;
        }

        /** The version that it leads to, by the subset's label, its only version or its name; else the Service. */
        private static String name(Destination destination, String label) {
            if (destination.labels().containsKey(label)) {
                return destination.labels().get(label);
            }
            Set<String> versions = destination.pods()
                    .stream()
                    .map(pod -> pod.labels().getOrDefault(label, ""))
                    .collect(Collectors.toSet());
            if (versions.size() == 1 && !versions.contains("")) {
                return List.copyOf(versions).getFirst();
            }
            return destination.subset().isEmpty() ? "Service " + destination.service() : destination.subset();
        }
    }
}

package dev.trafficlab.lab.check.objects;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code subsets-defined}: DestinationRules define these subsets, each by the version that its name says. */
@Component
record SubsetsDefinedCheck() implements CheckKind {

    private static final String RULE = "DestinationRule";

    @Override
    public String name() {
        return "subsets-defined";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(fields.text("destination-rule"), fields.texts("subsets"));
    }

    private record Wanted(String rule, List<String> subsets) implements LabCondition {

        /** The rule of that name counts, and so does any for a host of that name. */
        @Override
        public CheckFinding look(CheckedLab lab) {
            String label = lab.experiment().subject().label();
            List<GenericKubernetesResource> rules = lab.objects(RULE).stream().filter(this::isMeant).toList();
            if (rules.isEmpty()) {
                return CheckFinding.fails("There is no " + RULE + " " + rule + " yet.");
            }
            Set<String> missing = new TreeSet<>(subsets);
            for (GenericKubernetesResource rule : rules) {
                if (rule.get("spec", "subsets") instanceof List<?> list) {
                    list.stream()
                            .filter(Map.class::isInstance)
                            .map(Map.class::cast)
                            .filter(subset -> choosesItsVersion(subset, label))
                            .forEach(subset -> missing.remove(String.valueOf(subset.get("name"))));
                }
            }
            String of = RULE + " " + CheckFinding.list(rules.stream()
                    .map(rule -> rule.getMetadata().getName())
                    .toList());
            return missing.isEmpty()
                    ? CheckFinding.holds(of + " defines " + CheckFinding.list(subsets) + ".")
                    : CheckFinding.fails(of + " does not define " + CheckFinding.list(missing) + " by the label "
                            + label + ".");
        }

        private boolean isMeant(GenericKubernetesResource rule) {
            String named = String.valueOf(rule.<Object>get("spec", "host"));
            return rule.getMetadata().getName().equals(this.rule) || named.equals(this.rule) || named.startsWith(
                    this.rule + ".");
        }

        private static boolean choosesItsVersion(Map<?, ?> subset, String label) {
            return subset.get("labels") instanceof Map<?, ?> labels && subset.get("name") instanceof String name
                    && name.equals(labels.get(label));
        }
    }
}

package dev.trafficlab.lab.check.objects;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code namespace-label}: the lab's Namespace carries the label. */
@Component
record NamespaceLabelCheck() implements CheckKind {

    @Override
    public String name() {
        return "namespace-label";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(fields.text("label"), fields.text("value"));
    }

    private record Wanted(String label, String value) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            String found = lab.namespaceLabels().get(label);
            if (found == null) {
                return CheckFinding.fails("The namespace has no label " + label + ".");
            }
            return CheckFinding.of(found.equals(value), "The namespace is labelled " + label + "=" + found, value);
        }
    }
}

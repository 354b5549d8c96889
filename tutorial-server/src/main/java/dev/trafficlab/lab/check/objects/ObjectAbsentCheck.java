package dev.trafficlab.lab.check.objects;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;
import dev.trafficlab.lab.check.ObjectKinds;

/** {@code not-exists}: no object of the kind exists under any of these names. */
@Component
record ObjectAbsentCheck(ObjectKinds kinds) implements CheckKind {

    @Override
    public String name() {
        return "not-exists";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Unwanted(kinds.read(fields), fields.texts("objects"));
    }

    private record Unwanted(String kind, List<String> objects) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            Set<String> found = new TreeSet<>(objects);
            found.retainAll(lab.names(kind));
            return found.isEmpty()
                    ? CheckFinding.holds("There is no " + kind + " " + CheckFinding.list(objects) + ".")
                    : CheckFinding.fails("Still there: " + kind + " " + CheckFinding.list(found) + ".");
        }
    }
}

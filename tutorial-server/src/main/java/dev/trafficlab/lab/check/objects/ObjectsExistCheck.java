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

/** {@code objects-exist}: objects of a kind exist under these names. */
@Component
record ObjectsExistCheck(ObjectKinds kinds) implements CheckKind {

    @Override
    public String name() {
        return "objects-exist";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(kinds.read(fields), fields.texts("objects"));
    }

    private record Wanted(String kind, List<String> objects) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            Set<String> missing = new TreeSet<>(objects);
            missing.removeAll(lab.names(kind));
            return missing.isEmpty()
                    ? CheckFinding.holds("Found " + CheckFinding.list(objects) + ".")
                    : CheckFinding.fails("Not there yet: " + kind + " " + CheckFinding.list(missing) + ".");
        }
    }
}

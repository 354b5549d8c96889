package dev.trafficlab.lab.check.objects;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;
import dev.trafficlab.lab.check.ObjectKinds;

/** {@code object}: a field of an object equals a value, matches a regular expression, or is absent. */
@Component
record ObjectFieldCheck(ObjectKinds kinds) implements CheckKind {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @Override
    public String name() {
        return "object";
    }

    @Override
    public Condition read(YamlMapping fields) {
        String field = fields.text("field");
        if (!field.isEmpty() && !FieldPath.isWellFormed(field)) {
            fields.problem("field", "%s is no way to a field; write it like  spec.http[0].timeout".formatted(field));
        }
        boolean absent = fields.flag("absent");
        Optional<String> equal = Optional.of(fields.text("equals", "")).filter(text -> !text.isEmpty());
        Optional<Pattern> matches = fields.pattern("matches");
        int said = (absent ? 1 : 0) + (equal.isPresent() ? 1 : 0) + (matches.isPresent() ? 1 : 0);
        if (said != 1) {
            fields.problem("field", "say what is wanted of it with one of  equals:, matches: and  absent: true");
        }
        return new Wanted(kinds.read(fields), fields.text("object"), field, equal, matches);
    }

    private record Wanted(String kind, String object, String field, Optional<String> equal,
            Optional<Pattern> matches) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            return lab.find(kind, object)
                    .map(this::look)
                    .orElseGet(() -> CheckFinding.fails("There is no " + kind + " " + object + " yet."));
        }

        @SuppressWarnings("unchecked")
        private CheckFinding look(GenericKubernetesResource resource) {
            Map<String, Object> tree = SERIALIZATION.convertValue(resource, Map.class);
            List<String> values = FieldPath.of(field).values(tree);
            String where = field + " of " + kind + " " + object;
            if (values.isEmpty()) {
                return equal.isEmpty() && matches.isEmpty() ? CheckFinding.holds(where + " is not set.")
                        : CheckFinding.fails(where + " is not set.");
            }
            String found = where + " is " + CheckFinding.list(values);
            if (equal.isPresent()) {
                return CheckFinding.of(values.stream().allMatch(equal.get()::equals), found, equal.get());
            }
            return matches.map(pattern -> CheckFinding.of(values.stream()
                    .allMatch(value -> pattern.matcher(value)
                            .matches()), found, "like " + pattern)).orElseGet(() -> CheckFinding.fails(found + "."));
        }
    }
}

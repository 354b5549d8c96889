package dev.trafficlab.lab.check.objects;

import java.util.List;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Pod;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code log-line}: among the newest lines of an app's pods one matches. */
@Component
record LogLineCheck() implements CheckKind {

    @Override
    public String name() {
        return "log-line";
    }

    @Override
    public Condition read(YamlMapping fields) {
        Pattern wanted = fields.pattern("matches").orElseGet(() -> {
            fields.text("matches");
            return Pattern.compile("");
        });
        return new Wanted(fields.text("app"), fields.text("container", ""), wanted);
    }

    private record Wanted(String app, String container, Pattern wanted) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            List<Pod> pods = lab.pods()
                    .stream()
                    .filter(pod -> pod.getMetadata().getLabels() != null && app.equals(pod.getMetadata()
                            .getLabels()
                            .get("app")))
                    .toList();
            if (pods.isEmpty()) {
                return CheckFinding.fails("No pod of " + app + " is there yet.");
            }
            return pods.stream()
                    .filter(pod -> lab.log(pod.getMetadata().getName(), container.isEmpty() ? pod.getSpec()
                            .getContainers()
                            .getFirst()
                            .getName() : container).lines().anyMatch(line -> wanted.matcher(line).find()))
                    .findFirst()
                    .map(pod -> CheckFinding.holds("The log of " + pod.getMetadata().getName() + " says so."))
                    .orElseGet(() -> CheckFinding.fails("No newer line in the log of " + app + " matches " + wanted
                            + "."));
        }
    }
}

package dev.trafficlab.lab.check.traffic;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code trace}: on a request's way there is a stage of that name, with that outcome, that says so. */
@Component
record TraceCheck() implements CheckKind {

    @Override
    public String name() {
        return "trace";
    }

    @Override
    public Condition read(YamlMapping fields) {
        String outcome = fields.text("outcome", "passed");
        Optional<Outcome> known = Arrays.stream(Outcome.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(outcome))
                .findFirst();
        if (known.isEmpty()) {
            fields.problem("outcome", "there is no outcome '%s'; write passed, skipped or ended".formatted(outcome));
        }
        return new Wanted(RequestFields.read(fields), fields.text("stage"), known.orElse(Outcome.PASSED), fields
                .pattern("says"));
    }

    private record Wanted(RequestFields request, String stage, Outcome outcome, Optional<Pattern> says)
            implements
                LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            List<Stage> stages = lab.trace(request.order(1, 1)).trace().stages();
            List<Stage> named = stages.stream().filter(one -> one.name().equals(stage)).toList();
            Optional<Stage> found = named.stream().filter(this::isWanted).findFirst();
            if (found.isPresent()) {
                return CheckFinding.holds(found.get().reason());
            }
            if (!named.isEmpty()) {
                return CheckFinding.fails(named.getLast().reason());
            }
            return CheckFinding.fails(request.shown() + " does not come to the stage " + stage + ". It passes " + stages
                    .stream()
                    .map(Stage::name)
                    .distinct()
                    .collect(Collectors.joining(", ")) + ". " + (stages.isEmpty() ? "" : stages.getLast().reason()));
        }

        private boolean isWanted(Stage one) {
            return one.outcome() == outcome && says.map(pattern -> pattern.matcher(one.reason()).find()).orElse(true);
        }
    }
}

package dev.trafficlab.course.reading;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.trafficlab.course.Check;
import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;

/** Reads the entries of a step's {@code checks}, each by its kind. */
final class CheckReader {

    private final Map<String, CheckKind> kinds;

    CheckReader(Collection<CheckKind> kinds) {
        this.kinds = kinds.stream().collect(Collectors.toMap(CheckKind::name, Function.identity()));
    }

    /**
     * The check, if it is of a kind that exists.
     *
     * @param later the ids of the steps after its own
     */
    Optional<Check> read(YamlMapping fields, List<String> later) {
        String kind = fields.text("check");
        String name = fields.text("name");
        String hint = fields.text("hint");
        String until = fields.text("until", "");
        if (!until.isEmpty() && !later.contains(until)) {
            fields.problem("until", "'%s' is no later step of this course; write one of %s".formatted(until, later));
        }
        Optional<Check> check = Optional.ofNullable(kinds.get(kind))
                .map(found -> new Check(name, hint, until, found.read(fields), fields.line()));
        if (check.isEmpty()) {
            fields.problem("check", "there is no check '%s'; write %s".formatted(kind, kinds.keySet()
                    .stream()
                    .sorted()
                    .collect(Collectors.joining(", "))));
        } else {
            fields.rejectOthers();
        }
        return check;
    }
}

package dev.trafficlab.course;

import java.util.Map;
import java.util.Optional;

/** Reads one entry of a step's {@code checks}. */
final class CheckReader {

    private static final String KINDS = "objects-exist, pods-ready, namespace-label, answers, subsets-defined, "
            + "route-weights, split-fits or one-client-one-version";

    private CheckReader() {}

    /** The check, if it is of a kind that exists. */
    static Optional<Check> read(YamlMapping fields) {
        String kind = fields.text("check");
        String name = fields.text("name");
        String hint = fields.text("hint");
        Optional<Check> check = Optional.ofNullable(switch (kind) {
            case "objects-exist" -> new Check.ObjectsExist(name, hint, fields.text("kind"), fields.texts("objects"));
            case "pods-ready" -> new Check.PodsReady(name, hint, fields.number("deployments", 1, 50),
                    fields.number("containers", 1, 10));
            case "namespace-label" -> new Check.NamespaceLabel(name, hint, fields.text("label"), fields.text("value"));
            case "answers" -> new Check.Answers(name, hint, path(fields), fields.flag("inside"),
                    fields.number("status", 100, 599));
            case "subsets-defined" -> new Check.SubsetsDefined(name, hint, fields.text("destination-rule"),
                    fields.texts("subsets"));
            case "route-weights" -> new Check.RouteWeights(name, hint, fields.text("virtual-service"), path(fields),
                    hundred(fields, "weights"));
            case "split-fits" -> new Check.SplitFits(name, hint, fields.number("requests", 1, 10_000),
                    fields.numbers("shares"));
            case "one-client-one-version" -> new Check.OneClientOneVersion(name, hint, path(fields),
                    fields.number("requests", 2, 1_000));
            default -> null;
        });
        if (check.isEmpty()) {
            fields.problem("check", "there is no check '%s'; write %s".formatted(kind, KINDS));
        } else {
            fields.rejectOthers();
        }
        return check;
    }

    /** The field {@code path}: a path with its query. */
    static String path(YamlMapping fields) {
        String path = fields.text("path");
        if (!path.isEmpty() && !path.startsWith("/")) {
            fields.problem("path", "path must start with a slash; write  path: /%s".formatted(path));
        }
        return path;
    }

    private static Map<String, Integer> hundred(YamlMapping fields, String field) {
        Map<String, Integer> weights = fields.numbers(field);
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (!weights.isEmpty() && sum != 100) {
            fields.problem(field, "the %s add up to %d; they must add up to 100".formatted(field, sum));
        }
        return weights;
    }
}

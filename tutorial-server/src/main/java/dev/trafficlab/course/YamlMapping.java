package dev.trafficlab.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import dev.trafficlab.course.markdown.ProblemReport;

/**
 * A YAML mapping, read field by field. What is missing, of another type or unknown goes to the report with its line; the
 * value returned in its place only lets the reading go on. For one thread.
 */
public final class YamlMapping {

    private final int line;
    private final ProblemReport problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private YamlMapping(int line, ProblemReport problems) {
        this.line = line;
        this.problems = problems;
    }

    private YamlMapping(MappingNode mapping, ProblemReport problems) {
        this(lineOf(mapping), problems);
        for (NodeTuple field : mapping.getValue()) {
            String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            if (values.put(name, field.getValueNode()) != null) {
                problems.problem(lineOf(field.getKeyNode()), "%s is written twice; keep one".formatted(name));
            }
            lines.put(name, lineOf(field.getKeyNode()));
        }
    }

    /** The fields of the YAML text. */
    public static YamlMapping parse(String yaml, ProblemReport problems) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(yaml);
            if (root.orElse(null) instanceof MappingNode mapping) {
                return new YamlMapping(mapping, problems);
            }
            problems.problem(root.map(YamlMapping::lineOf).orElse(1),
                    "these should be fields, such as  title: Open the door");
        } catch (MarkedYamlEngineException broken) {
            problems.problem(broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1),
                    "this is not valid YAML: " + broken.getProblem());
        } catch (YamlEngineException broken) {
            problems.problem(1, "this is not valid YAML: " + broken.getMessage());
        }
        return new YamlMapping(1, (unreadable, message) -> {});
    }

    /** Where it begins, counted from 1. */
    public int line() {
        return line;
    }

    /** Where the field stands; where it is missing, where it should. */
    public int line(String field) {
        return lines.getOrDefault(field, line);
    }

    /** Reports what is wrong with a field. */
    public void problem(String field, String message) {
        problems.problem(line(field), message);
    }

    /** A text that must be there. */
    public String text(String field) {
        return read(field, "some text", YamlMapping::asText).orElse("");
    }

    /** A text that may be left out. */
    public String text(String field, String otherwise) {
        known.add(field);
        return has(field) ? text(field) : otherwise;
    }

    /** A path with its query, which must be there. */
    public String path(String field) {
        String path = text(field);
        if (!path.isEmpty() && !path.startsWith("/")) {
            problem(field, "%s must start with a slash; write  %s: /%s".formatted(field, field, path));
            return "/" + path;
        }
        return path.isEmpty() ? "/" : path;
    }

    /** A regular expression that may be left out. */
    public Optional<Pattern> pattern(String field) {
        String text = text(field, "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException wrong) {
            problem(field, "%s is no regular expression: %s".formatted(field, wrong.getDescription()));
            return Optional.empty();
        }
    }

    /** A whole number that may be left out. */
    public int number(String field, int least, int most, int otherwise) {
        known.add(field);
        return has(field) ? number(field, least, most) : otherwise;
    }

    /** Texts by name, such as headers; none where the field is left out. */
    public Map<String, String> textMap(String field) {
        known.add(field);
        return has(field) ? read(field, "texts by name, such as  {x-user: ann}", YamlMapping::asTexts).orElse(Map.of())
                : Map.of();
    }

    /** The names of all its fields. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Notes that the field may be there, and gives nothing. */
    public <T> Optional<T> without(String field) {
        known.add(field);
        return Optional.empty();
    }

    /** A whole number from least to most. */
    public int number(String field, int least, int most) {
        return read(field, "a whole number from %d to %d".formatted(least, most), YamlMapping::asNumber)
                .filter(number -> {
                    boolean good = least <= number && number <= most;
                    if (!good) {
                        problem(field, "%s is %d; write a whole number from %d to %d".formatted(field, number, least,
                                most));
                    }
                    return good;
                })
                .orElse(least);
    }

    /** A flag that is false where it is missing. */
    public boolean flag(String field) {
        known.add(field);
        return has(field) && read(field, "true or false", YamlMapping::asFlag).orElse(false);
    }

    /** A list of one text or more. */
    public List<String> texts(String field) {
        return read(field, "a list of names, such as  [one, two]", node -> asList(node, YamlMapping::asText))
                .filter(texts -> !texts.isEmpty())
                .orElse(List.of());
    }

    /** Whole numbers by name. */
    public Map<String, Integer> numbers(String field) {
        return read(field, "numbers by name, such as  {v1: 10, v2: 90}", YamlMapping::asNumbers).orElse(Map.of());
    }

    /** Fields of its own that must be there. */
    public YamlMapping object(String field) {
        return read(field, "fields of its own, such as  {path: /}", this::asFields)
                .orElseGet(() -> new YamlMapping(line(field), (unreadable, message) -> {}));
    }

    /** A list of one mapping or more. */
    public List<YamlMapping> objects(String field) {
        return read(field, "a list of entries that start with a dash", node -> asList(node, this::asFields))
                .orElse(List.of());
    }

    /** Whether the field is written. */
    public boolean has(String field) {
        return values.containsKey(field);
    }

    /** Call it last: what was not asked for until now is unknown. */
    public void rejectOthers() {
        for (String field : values.keySet()) {
            if (!known.contains(field)) {
                problem(field, "%s is not known here; known are %s".formatted(field, String.join(", ", known)));
            }
        }
    }

    private <T> Optional<T> read(String field, String wanted, Function<Node, Optional<T>> as) {
        known.add(field);
        Node node = values.get(field);
        if (node == null) {
            problem(field, "%s is missing; write  %s:  and %s".formatted(field, field, wanted));
            return Optional.empty();
        }
        Optional<T> value = as.apply(node);
        if (value.isEmpty()) {
            problem(field, "%s must be %s".formatted(field, wanted));
        }
        return value;
    }

    private static Optional<String> asText(Node node) {
        return node instanceof ScalarNode scalar && !scalar.getValue().isBlank()
                ? Optional.of(scalar.getValue().strip())
                : Optional.empty();
    }

    private static Optional<Integer> asNumber(Node node) {
        return asText(node).filter(text -> text.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    private static Optional<Boolean> asFlag(Node node) {
        return asText(node).filter(text -> text.matches("true|false")).map(Boolean::valueOf);
    }

    private Optional<YamlMapping> asFields(Node node) {
        return node instanceof MappingNode mapping ? Optional.of(new YamlMapping(mapping, problems)) : Optional.empty();
    }

    private static <T> Optional<List<T>> asList(Node node, Function<Node, Optional<T>> as) {
        if (!(node instanceof SequenceNode sequence)) {
            return Optional.empty();
        }
        List<T> values = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            as.apply(element).ifPresent(values::add);
        }
        return values.size() == sequence.getValue().size() && !values.isEmpty() ? Optional.of(values)
                : Optional.empty();
    }

    private static Optional<Map<String, Integer>> asNumbers(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            asText(entry.getKeyNode()).ifPresent(name -> asNumber(entry.getValueNode()).ifPresent(number -> numbers.put(
                    name, number)));
        }
        return numbers.size() == mapping.getValue().size() && !numbers.isEmpty()
                ? Optional.of(numbers)
                : Optional.empty();
    }

    private static Optional<Map<String, String>> asTexts(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            asText(entry.getKeyNode()).ifPresent(name -> asText(entry.getValueNode()).ifPresent(text -> texts.put(name,
                    text)));
        }
        return texts.size() == mapping.getValue().size() ? Optional.of(texts) : Optional.empty();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}

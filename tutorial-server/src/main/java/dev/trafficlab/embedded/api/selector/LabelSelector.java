package dev.trafficlab.embedded.api.selector;

import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.ApiException;

/**
 * {@code app=shop,version in (red,green),!canary}, as a query writes it.
 *
 * @param requirements all of them must hold
 */
public record LabelSelector(List<Requirement> requirements) {

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a query's selector in one pass.
     *
     * @throws ApiException 400, in apimachinery's words
     */
    public static LabelSelector parse(String text) {
        return new LabelSelector(new LabelSelectorParser(text).parse());
    }

    /** The selector of an object's {@code spec.selector} or {@code matchLabels}. */
    public static LabelSelector ofLabels(JsonNode labels) {
        return new LabelSelector(labels.properties()
                .stream()
                .<Requirement>map(label -> new In(label.getKey(), Set.of(label.getValue().asText()), true))
                .toList());
    }

    /** Labels as a query writes them. */
    public static String print(JsonNode labels) {
        return labels.properties()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    /** Whether the object's labels are as all requirements want them. */
    public boolean matches(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /** One condition; all of them must hold. */
    public sealed interface Requirement {

        /** Whether the labels meet it. */
        boolean holds(JsonNode labels);
    }

    /** The label's value is one of these, or none of them. */
    record In(String key, Set<String> values, boolean wanted) implements Requirement {

        @Override
        public boolean holds(JsonNode labels) {
            return (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
        }
    }

    /** The label is there, or not. */
    record Exists(String key, boolean wanted) implements Requirement {

        @Override
        public boolean holds(JsonNode labels) {
            return labels.has(key) == wanted;
        }
    }

    /** The label's value is a number that compares so. */
    record Compares(String key, LongPredicate comparison) implements Requirement {

        @Override
        public boolean holds(JsonNode labels) {
            try {
                return labels.has(key) && comparison.test(Long.parseLong(labels.path(key).asText()));
            } catch (NumberFormatException notANumber) {
                return false;
            }
        }
    }
}

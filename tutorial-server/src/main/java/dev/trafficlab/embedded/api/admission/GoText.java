package dev.trafficlab.embedded.api.admission;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

/** Go's notation for values that Kubernetes prints raw in its messages. */
final class GoText {

    private GoText() {}

    /** A map of strings. */
    static String map(JsonNode labels) {
        if (labels.isEmpty()) {
            return "map[string]string(nil)";
        }
        Map<String, String> sorted = new TreeMap<>();
        labels.properties().forEach(label -> sorted.put(label.getKey(), label.getValue().asText()));
        return sorted.entrySet().stream()
                .map(label -> FieldErrors.quote(label.getKey()) + ":" + FieldErrors.quote(label.getValue()))
                .collect(Collectors.joining(", ", "map[string]string{", "}"));
    }

    /** A label selector. */
    static String selector(JsonNode selector) {
        return "v1.LabelSelector{MatchLabels:" + map(selector.path("matchLabels"))
                + ", MatchExpressions:[]v1.LabelSelectorRequirement" + expressions(selector.path("matchExpressions"))
                + "}";
    }

    private static String expressions(JsonNode expressions) {
        return expressions.isEmpty() ? "(nil)"
                : expressions.valueStream().map(GoText::expression)
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String expression(JsonNode expression) {
        String values = expression.path("values").isEmpty()
                ? "[]string(nil)"
                : expression.path("values").valueStream().map(value -> FieldErrors.quote(value.asText()))
                        .collect(Collectors.joining(", ", "[]string{", "}"));
        return "v1.LabelSelectorRequirement{Key:" + FieldErrors.quote(expression.path("key").asText()) + ", Operator:"
                + FieldErrors.quote(expression.path("operator").asText()) + ", Values:" + values + "}";
    }
}

package dev.trafficlab.embedded.api.admission;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for label selectors, and what they match. */
final class SelectorValidation {

    private final FieldErrors errors;

    SelectorValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** Checks the selector; false when its syntax is wrong, so that nothing can be asked of it. */
    boolean check(JsonNode selector, String path) {
        int before = errors.found().size();
        new MetadataValidation(errors).checkLabels(selector.path("matchLabels"), path + ".matchLabels");
        JsonNode expressions = selector.path("matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            checkExpression(expressions.get(i), path + ".matchExpressions[" + i + "]");
        }
        return errors.found().size() == before;
    }

    private void checkExpression(JsonNode expression, String path) {
        String operator = expression.path("operator").asText();
        boolean values = !expression.path("values").isEmpty();
        switch (operator) {
            case "In", "NotIn" -> {
                if (!values) {
                    errors.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values) {
                    errors.forbidden(path + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> errors.invalid(path + ".operator", operator, "not a valid selector operator");
        }
        String key = expression.path("key").asText();
        errors.invalidForEach(path + ".key", key, Syntax.qualifiedName(key));
    }

    /** Whether nothing is asked for. */
    static boolean isEmpty(JsonNode selector) {
        return selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
    }

    /** Whether the labels are what the selector asks for; an operator nobody knows is told of elsewhere. */
    static boolean matches(JsonNode selector, JsonNode labels) {
        boolean matchesLabels = selector.path("matchLabels")
                .properties()
                .stream()
                .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
        return matchesLabels && selector.path("matchExpressions").valueStream().allMatch(e -> matchesOne(e, labels));
    }

    private static boolean matchesOne(JsonNode expression, JsonNode labels) {
        JsonNode label = labels.path(expression.path("key").asText());
        boolean in = expression.path("values").valueStream().anyMatch(label::equals);
        return switch (expression.path("operator").asText()) {
            case "In" -> in;
            case "NotIn" -> !in;
            case "Exists" -> !label.isMissingNode();
            case "DoesNotExist" -> label.isMissingNode();
            default -> true;
        };
    }
}

package dev.trafficlab.embedded.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Which labels an object must carry. */
public record WorkloadSelector(List<Predicate<Map<String, String>>> requirements) {

    public WorkloadSelector {
        requirements = List.copyOf(requirements);
    }

    /** A Deployment's or ReplicaSet's selector, with matchLabels and matchExpressions. */
    static WorkloadSelector of(JsonNode selector) {
        List<Predicate<Map<String, String>>> requirements = new ArrayList<>(equal(selector.path("matchLabels")));
        selector.path("matchExpressions").forEach(expression -> requirements.add(expression(expression)));
        return new WorkloadSelector(requirements);
    }

    /** A Service's selector, a plain map. */
    public static WorkloadSelector ofMap(JsonNode labels) {
        return new WorkloadSelector(equal(labels));
    }

    private static List<Predicate<Map<String, String>>> equal(JsonNode labels) {
        List<Predicate<Map<String, String>>> requirements = new ArrayList<>();
        Resource.strings(labels).forEach((key, value) -> requirements.add(found -> value.equals(found.get(key))));
        return requirements;
    }

    private static Predicate<Map<String, String>> expression(JsonNode expression) {
        String key = expression.path("key").asText();
        Set<String> values = StreamSupport.stream(expression.path("values").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        return switch (expression.path("operator").asText()) {
            case "In" -> labels -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels -> labels.containsKey(key);
            case "DoesNotExist" -> labels -> !labels.containsKey(key);
            default -> labels -> false;
        };
    }

    /** Whether the labels meet every requirement; a selector without any selects nothing here. */
    public boolean matches(Map<String, String> labels) {
        return !requirements.isEmpty() && requirements.stream().allMatch(requirement -> requirement.test(labels));
    }
}

package dev.trafficlab.embedded.controller;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The conditions of a status. */
public final class Conditions {

    private Conditions() {}

    /**
     * One condition.
     *
     * @param reason empty when there is none to give
     * @param message empty when there is none to give
     */
    public record Condition(String type, String status, String reason, String message) {

        public Condition(String type, boolean holds) {
            this(type, holds ? "True" : "False", "", "");
        }
    }

    public static Optional<JsonNode> find(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    public static boolean isTrue(JsonNode status, String type) {
        return find(status, type).filter(condition -> condition.path("status").asText().equals("True")).isPresent();
    }

    /** Sets the condition; the time of its last transition stays while its status does. */
    public static void set(ObjectNode status, Condition condition, String now) {
        ObjectNode node = entry(status, condition.type());
        if (!node.path("status").asText().equals(condition.status())) {
            node.put("lastTransitionTime", now);
        }
        node.put("status", condition.status());
        putOrRemove(node, "reason", condition.reason());
        putOrRemove(node, "message", condition.message());
    }

    /** The same, for kinds whose conditions also tell when they were last looked at with a change. */
    public static void update(ObjectNode status, Condition condition, String now) {
        ObjectNode node = entry(status, condition.type());
        boolean same = node.path("status").asText().equals(condition.status())
                && node.path("reason").asText().equals(condition.reason())
                && node.path("message").asText().equals(condition.message());
        if (!same) {
            node.put("lastUpdateTime", now);
        }
        set(status, condition, now);
    }

    public static void remove(ObjectNode status, String type) {
        ArrayNode conditions = status.withArrayProperty("conditions");
        for (int i = conditions.size() - 1; i >= 0; i--) {
            if (conditions.get(i).path("type").asText().equals(type)) {
                conditions.remove(i);
            }
        }
        if (conditions.isEmpty()) {
            status.remove("conditions");
        }
    }

    private static ObjectNode entry(ObjectNode status, String type) {
        ArrayNode conditions = status.withArrayProperty("conditions");
        for (JsonNode condition : conditions) {
            if (condition.path("type").asText().equals(type)) {
                return (ObjectNode) condition;
            }
        }
        return conditions.addObject().put("type", type);
    }

    private static void putOrRemove(ObjectNode node, String field, String value) {
        if (value.isEmpty()) {
            node.remove(field);
        } else {
            node.put(field, value);
        }
    }
}

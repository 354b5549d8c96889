package dev.trafficlab.embedded.controller;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One object as a controller reads it.
 *
 * @param json the whole object; shared, so never to be changed: take a copy
 */
record Resource(ObjectNode json) {

    String kind() {
        return json.path("kind").asText();
    }

    String namespace() {
        return metadata().path("namespace").asText();
    }

    String name() {
        return metadata().path("name").asText();
    }

    String uid() {
        return metadata().path("uid").asText();
    }

    long generation() {
        return metadata().path("generation").asLong();
    }

    Instant created() {
        String time = metadata().path("creationTimestamp").asText();
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }

    boolean isTerminating() {
        return metadata().has("deletionTimestamp");
    }

    JsonNode metadata() {
        return json.path("metadata");
    }

    JsonNode spec() {
        return json.path("spec");
    }

    JsonNode status() {
        return json.path("status");
    }

    Map<String, String> labels() {
        return strings(metadata().path("labels"));
    }

    Optional<String> annotation(String key) {
        JsonNode value = metadata().path("annotations").path(key);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The owner that controls it. */
    Optional<JsonNode> controller() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    boolean isControlledBy(Resource owner) {
        return controller().filter(reference -> reference.path("uid").asText().equals(owner.uid())).isPresent();
    }

    boolean hasFinalizer(String finalizer) {
        for (JsonNode present : metadata().path("finalizers")) {
            if (present.asText().equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    ObjectNode copy() {
        return json.deepCopy();
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
        return strings;
    }
}

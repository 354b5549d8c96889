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
public record Resource(ObjectNode json) {

    String kind() {
        return json.path("kind").asText();
    }

    public String namespace() {
        return metadata().path("namespace").asText();
    }

    public String name() {
        return metadata().path("name").asText();
    }

    public String uid() {
        return metadata().path("uid").asText();
    }

    public long generation() {
        return metadata().path("generation").asLong();
    }

    public Instant created() {
        String time = metadata().path("creationTimestamp").asText();
        return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
    }

    public boolean isTerminating() {
        return metadata().has("deletionTimestamp");
    }

    public JsonNode metadata() {
        return json.path("metadata");
    }

    public JsonNode spec() {
        return json.path("spec");
    }

    public JsonNode status() {
        return json.path("status");
    }

    public Map<String, String> labels() {
        return strings(metadata().path("labels"));
    }

    public Optional<String> annotation(String key) {
        JsonNode value = metadata().path("annotations").path(key);
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** The owner that controls it. */
    public Optional<JsonNode> controller() {
        for (JsonNode owner : metadata().path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    public boolean isControlledBy(Resource owner) {
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

    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
        return strings;
    }
}

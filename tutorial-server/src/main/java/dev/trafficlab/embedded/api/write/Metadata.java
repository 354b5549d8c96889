package dev.trafficlab.embedded.api.write;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** The fields of {@code metadata} that are the cluster's own. */
public final class Metadata {

    private static final String SUFFIX_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;
    private static final Set<String> WITH_GENERATION = Set.of("deployments", "replicasets", "pods");
    private static final List<String> FIXED = List.of("uid", "creationTimestamp", "generation", "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private Metadata() {}

    public static ObjectNode of(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    public static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }

    public static boolean isTerminating(ObjectNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    /** What a new object gets: its name when only a prefix was given, its uid, its time of birth. */
    public static void born(ResourceType type, ObjectNode object, UUID uid, Instant now) {
        ObjectNode metadata = of(object);
        FIXED.forEach(metadata::remove);
        metadata.remove("selfLink");
        if (metadata.path("name").asText().isEmpty() && metadata.hasNonNull("generateName")) {
            metadata.put("name", metadata.path("generateName").asText() + suffix(uid));
        }
        metadata.put("uid", uid.toString()).put("creationTimestamp", timestamp(now));
        if (hasGeneration(type)) {
            metadata.put("generation", 1);
        }
    }

    /** What an object keeps whatever a writer says. */
    public static void carryOver(ObjectNode old, ObjectNode object) {
        ObjectNode metadata = of(object);
        FIXED.forEach(field -> copy(old.path("metadata"), metadata, field));
        metadata.remove("selfLink");
    }

    /** Counts a change of anything but metadata and status. */
    public static void countGeneration(ResourceType type, ObjectNode old, ObjectNode object) {
        if (hasGeneration(type) && !specification(old).equals(specification(object))) {
            of(object).put("generation", old.path("metadata").path("generation").asInt(0) + 1);
        }
    }

    private static ObjectNode specification(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        return copy.remove(List.of("metadata", "status", "apiVersion", "kind"));
    }

    private static boolean hasGeneration(ResourceType type) {
        return type.custom() || WITH_GENERATION.contains(type.plural());
    }

    /** Whether nobody holds the object back any more. */
    public static boolean isFinalized(ObjectNode object) {
        return object.path("metadata").path("finalizers").isEmpty()
                && !(object.path("kind").asText().equals("Namespace") && !object.path("spec")
                        .path("finalizers")
                        .isEmpty());
    }

    static void addFinalizer(ObjectNode object, String finalizer) {
        ArrayNode finalizers = of(object).withArray("/finalizers");
        for (JsonNode known : finalizers) {
            if (known.asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }

    public static String timestamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    public static void copy(JsonNode from, ObjectNode to, String field) {
        if (from.has(field)) {
            to.set(field, from.get(field).deepCopy());
        } else {
            to.remove(field);
        }
    }

    private static String suffix(UUID uid) {
        StringBuilder text = new StringBuilder();
        long bits = uid.getLeastSignificantBits() >>> 1;
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            text.append(SUFFIX_ALPHABET.charAt((int) (bits % SUFFIX_ALPHABET.length())));
            bits /= SUFFIX_ALPHABET.length();
        }
        return text.toString();
    }
}

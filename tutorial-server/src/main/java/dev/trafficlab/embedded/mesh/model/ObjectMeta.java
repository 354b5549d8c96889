package dev.trafficlab.embedded.mesh.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;

import com.fasterxml.jackson.databind.JsonNode;

/** Which object it is, and since when. */
public record ObjectMeta(String kind, String namespace, String name, Instant created) {

    /** Istio's order of everything that may conflict: the oldest first, then by name and namespace. */
    public static final Comparator<ObjectMeta> BY_AGE = Comparator.comparing((ObjectMeta meta) -> meta.created())
            .thenComparing(ObjectMeta::name)
            .thenComparing(ObjectMeta::namespace);

    public static ObjectMeta of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return new ObjectMeta(Json.text(object, "kind"), Json.text(metadata, "namespace"), Json.text(metadata, "name"),
                created(Json.text(metadata, "creationTimestamp")));
    }

    private static Instant created(String timestamp) {
        try {
            return timestamp.isEmpty() ? Instant.EPOCH : Instant.parse(timestamp);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    public String key() {
        return namespace + "/" + name;
    }
}

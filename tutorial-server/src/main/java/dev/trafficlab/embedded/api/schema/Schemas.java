package dev.trafficlab.embedded.api.schema;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** The schemas of all kinds, derived once from fabric8's model classes and shared. */
public final class Schemas {

    private Schemas() {}

    /** The kind's structure. */
    public static Schema of(ResourceType type) {
        throw new UnsupportedOperationException("schema");
    }

    /**
     * The fields that the kind does not know, as the API server's strict decoding names them: {@code unknown field "spec.x"}.
     */
    public static List<String> unknownFields(ResourceType type, ObjectNode object) {
        throw new UnsupportedOperationException("schema");
    }

    /** Removes the fields that the kind does not know (what the API server does when it was not asked to be strict). */
    public static void prune(ResourceType type, ObjectNode object) {
        throw new UnsupportedOperationException("schema");
    }

    /** Fills in what Kubernetes fills in: replicas 1, protocol TCP, the rolling update strategy, … */
    public static void applyDefaults(ResourceType type, ObjectNode object) {
        throw new UnsupportedOperationException("schema");
    }

    /** The OpenAPI v3 document of a group and version, as {@code /openapi/v3/…} serves it to kubectl. */
    public static ObjectNode openApi(String group, String version) {
        throw new UnsupportedOperationException("schema");
    }
}

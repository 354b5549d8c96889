package dev.trafficlab.embedded.api.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;

/** The schemas of all kinds, derived once from fabric8's model classes and shared. */
public final class Schemas {

    private static final SchemaReader READER = new SchemaReader();
    private static final Map<String, ObjectNode> DOCUMENTS = new ConcurrentHashMap<>();

    private Schemas() {}

    /** The kind's structure. */
    public static Schema of(ResourceType type) {
        return READER.read(type.model());
    }

    /**
     * The fields that the kind does not know, as the API server's strict decoding names them: {@code unknown field "spec.x"}.
     */
    public static List<String> unknownFields(ResourceType type, ObjectNode object) {
        var paths = UnknownFields.find(of(type), object).stream();
        // Of a custom kind they are told of sorted, of the others in the order of the document.
        return (type.custom() ? paths.sorted() : paths).map(path -> "unknown field \"" + path + "\"").toList();
    }

    /** Removes the fields that the kind does not know (what the API server does when it was not asked to be strict). */
    public static void prune(ResourceType type, ObjectNode object) {
        UnknownFields.remove(of(type), object);
    }

    /**
     * Why the API server cannot even decode the object, as its 400 BadRequest says it: {@code Deployment in version "v1" cannot be
     * handled as a Deployment: json: cannot unmarshal …}. Of a custom kind only the metadata is decoded; a wrong type in its spec
     * is for admission to refuse.
     */
    public static Optional<String> decodingError(ResourceType type, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText(type.apiVersion());
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return firstTypeError(type, object).map(error -> "%s in version \"%s\" cannot be handled as a %s: %s"
                .formatted(type.kind(), version, type.kind(), error));
    }

    private static Optional<String> firstTypeError(ResourceType type, ObjectNode object) {
        ObjectSchema kind = (ObjectSchema) of(type);
        if (!type.custom()) {
            return GoDecoding.firstError(kind, object);
        }
        Schema.Field metadata = kind.fields().get("metadata");
        JsonNode value = object.path("metadata");
        return metadata == null || value.isMissingNode()
                ? Optional.empty()
                : GoDecoding.firstError((ObjectSchema) metadata.schema(), value);
    }

    /**
     * Fills in what Kubernetes fills in: replicas 1, protocol TCP, the rolling update strategy, … Fields that hold null are
     * dropped from Kubernetes' own kinds, as decoding drops them.
     */
    public static void applyDefaults(ResourceType type, ObjectNode object) {
        if (!type.custom()) {
            NullFields.drop(object, false);
        }
        Defaults.apply(type, object);
    }

    /** Drops the nulls of fields that may not be null, as decoding does with every object that is not applied. */
    public static void dropNulls(ResourceType type, ObjectNode object) {
        NullFields.drop(object, type.custom());
    }

    /**
     * The OpenAPI v3 document of a group and version, as {@code /openapi/v3/…} serves it to kubectl; shared, so never to be
     * changed. Of a group and version that is not served the document describes nothing.
     */
    public static ObjectNode openApi(String group, String version) {
        return DOCUMENTS.computeIfAbsent(group + "/" + version, name -> new OpenApiDocument(group, version).build());
    }
}

package dev.trafficlab.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fabric8.kubernetes.client.KubernetesClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.inventory.Inventory.Field;

/** The schemas that the cluster publishes (OpenAPI v3), read field by field. Those of a group version are fetched once in a while. */
final class PublishedSchemas {

    private static final int NOT_FOUND = 404;
    private static final int MOST_GROUP_VERSIONS = 20;
    private static final String REFERENCE = "#/components/schemas/";

    private final LabReader reader;
    private final LoadingCache<String, JsonNode> documents = Caffeine.newBuilder()
            .maximumSize(MOST_GROUP_VERSIONS)
            .build(this::fetch);

    PublishedSchemas(LabReader reader) {
        this.reader = reader;
    }

    List<Field> fields(String apiVersion, String kind, List<String> path) {
        if (!apiVersion.matches("([a-z0-9.-]+/)?v[a-z0-9]+")) {
            return List.of();
        }
        JsonNode schemas = documents.get(apiVersion).path("components").path("schemas");
        for (Map.Entry<String, JsonNode> entry : schemas.properties()) {
            if (isOf(entry.getValue(), apiVersion, kind)) {
                return fields(schemas, step(schemas, entry.getValue(), path));
            }
        }
        return List.of();
    }

    private JsonNode fetch(String apiVersion) {
        String address = "/openapi/v3/" + (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
        try {
            String answer = reader.client().raw(address);
            return JsonMapper.shared().readTree(answer == null ? "{}" : answer);
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
            return JsonMapper.shared().createObjectNode();
        }
    }

    private static boolean isOf(JsonNode schema, String apiVersion, String kind) {
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        for (JsonNode name : schema.path("x-kubernetes-group-version-kind")) {
            if (name.path("group").asString("").equals(group) && name.path("version").asString("").equals(version)
                    && name.path("kind").asString("").equals(kind)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode step(JsonNode schemas, JsonNode root, List<String> path) {
        JsonNode schema = resolve(schemas, root);
        for (String name : path) {
            JsonNode property = schema.path("properties").path(name);
            schema = resolve(schemas, property.isMissingNode() ? schema.path("additionalProperties") : property);
        }
        return schema;
    }

    /** Behind references, and inside lists, is what the fields are of. */
    private static JsonNode resolve(JsonNode schemas, JsonNode schema) {
        JsonNode found = schema;
        for (int hops = 0; hops < 5; hops++) {
            if (found.has("$ref")) {
                found = schemas.path(found.path("$ref").asString("").replace(REFERENCE, ""));
            } else if (found.path("allOf").size() == 1) {
                found = found.path("allOf").path(0);
            } else if (found.has("items")) {
                found = found.path("items");
            } else {
                return found;
            }
        }
        return found;
    }

    private static List<Field> fields(JsonNode schemas, JsonNode schema) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asString("")));
        return schema.path("properties")
                .properties()
                .stream()
                .map(entry -> field(schemas, entry.getKey(), entry
                        .getValue(), required.contains(entry.getKey())))
                .toList();
    }

    private static Field field(JsonNode schemas, String name, JsonNode property, boolean required) {
        List<String> values = new ArrayList<>();
        JsonNode inner = resolve(schemas, property);
        inner.path("enum").forEach(value -> values.add(value.asString("")));
        String description = property.path("description").asString(inner.path("description").asString(""));
        return new Field(name, type(schemas, property), description, required, values);
    }

    private static String type(JsonNode schemas, JsonNode property) {
        if (property.path("type").asString("").equals("array")) {
            return "[]" + type(schemas, property.path("items"));
        }
        String type = property.path("type").asString("");
        return type.isEmpty() ? resolve(schemas, property).path("type").asString("object") : type;
    }
}

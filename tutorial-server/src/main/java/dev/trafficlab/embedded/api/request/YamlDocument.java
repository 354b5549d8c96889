package dev.trafficlab.embedded.api.request;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.JsonSchema;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.bounds.BoundedJson;
import dev.trafficlab.embedded.yaml.BoundedLoad;

/** One YAML document as a JSON tree. Nothing in it can make it much larger than its text, nor run anything. */
final class YamlDocument {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(BoundedLoad.schema(new JsonSchema()))
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(Bounds.YAML_ALIASES)
            .setCodePointLimit(Bounds.REQUEST_BYTES)
            .build();
    private static final JsonNodeFactory NODES = BoundedJson.NODES;

    private long made;

    private YamlDocument() {}

    static JsonNode read(String text) {
        try {
            return new YamlDocument().node(new BoundedLoad(SETTINGS, Bounds.NESTING).loadFromString(text), 0);
        } catch (YamlEngineException e) {
            throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
        }
    }

    /** An alias repeats what it stands for, and may put it deeper than it was written, or into itself. */
    private JsonNode node(@Nullable Object value, int depth) {
        count(value);
        if (depth > Bounds.NESTING) {
            throw ApiException.badRequest("error decoding YAML: nested more than " + Bounds.NESTING + " levels deep");
        }
        return switch (value) {
            case null -> NODES.nullNode();
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> {
                ArrayNode array = NODES.arrayNode(list.size());
                list.forEach(item -> array.add(node(item, depth + 1)));
                yield array;
            }
            case String text -> NODES.textNode(text);
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case BigInteger number -> NODES.numberNode(number);
            case Number number -> NODES.numberNode(number.doubleValue());
            default -> throw ApiException.badRequest("error decoding YAML: a value of type " + value.getClass()
                    .getSimpleName()
                    + " has no place in an object");
        };
    }

    private void count(@Nullable Object value) {
        made += value instanceof String text ? text.length() + 2 : 2;
        if (made > Bounds.OBJECT_BYTES) {
            throw ApiException.badRequest("error decoding YAML: yaml: document contains excessive aliasing");
        }
    }

    private ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> {
            count(key);
            object.set(key(key), node(value, depth + 1));
        });
        return object;
    }

    private static String key(@Nullable Object key) {
        if (key instanceof Map || key instanceof List) {
            throw ApiException.badRequest("error decoding YAML: the name of a field is a map or a list");
        }
        return String.valueOf(key);
    }
}

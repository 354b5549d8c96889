package dev.trafficlab.embedded.api;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** One YAML document as a JSON tree. Nothing in it can make it much larger than its text, nor run anything. */
final class YamlDocument {

    private static final int MOST_ALIASES = 10;
    private static final int DEEPEST = 100;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(RequestBodies.MOST_BYTES)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private YamlDocument() {}

    static JsonNode read(String text) {
        try {
            return node(new Load(SETTINGS).loadFromString(text), 0);
        } catch (YamlEngineException e) {
            throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
        }
    }

    private static JsonNode node(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw ApiException.badRequest("error decoding YAML: nested more than " + DEEPEST + " levels deep");
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

    private static ObjectNode object(Map<?, ?> map, int depth) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> object.set(String.valueOf(key), node(value, depth + 1)));
        return object;
    }
}

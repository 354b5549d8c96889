package dev.trafficlab.embedded.api.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** One step of a field path, as {@code managedFields} writes it. */
final class PathElement {

    /** Keys that an item may leave out, with what they are then. */
    private static final Map<String, String> KEY_DEFAULTS = Map.of("protocol", "TCP");

    private static final ObjectMapper JSON = new ObjectMapper();

    private PathElement() {}

    static String field(String name) {
        return "f:" + name;
    }

    static String value(JsonNode value) {
        return "v:" + value;
    }

    /** The item of a keyed list. */
    static String item(List<String> keys, JsonNode item) {
        Map<String, JsonNode> values = new TreeMap<>();
        for (String key : keys) {
            JsonNode value = item.path(key);
            if (!value.isMissingNode()) {
                values.put(key, value);
            } else if (KEY_DEFAULTS.containsKey(key)) {
                values.put(key, JsonNodeFactory.instance.textNode(KEY_DEFAULTS.get(key)));
            }
        }
        return "k:" + values.entrySet()
                .stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String print(String element) {
        String text = element.substring(2);
        return switch (element.charAt(0)) {
            case 'f' -> "." + text;
            case 'k' -> "[" + printKeys(text) + "]";
            case 'v' -> "[=" + text + "]";
            default -> "[" + text + "]";
        };
    }

    private static String printKeys(String keys) {
        try {
            return JSON.readTree(keys)
                    .properties()
                    .stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(","));
        } catch (JsonProcessingException e) {
            return keys;
        }
    }
}

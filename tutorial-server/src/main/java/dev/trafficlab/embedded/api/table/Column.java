package dev.trafficlab.embedded.api.table;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One column.
 *
 * @param name its heading, in Kubernetes' spelling
 * @param type OpenAPI type of its cells
 * @param format OpenAPI format, {@code name} for the column that names the object
 * @param priority 0: always shown; 1: only with {@code -o wide}
 * @param cell an object's cell
 */
record Column(String name, String type, String format, int priority, BiFunction<JsonNode, Instant, JsonNode> cell) {

    static Column named() {
        return new Column("Name", "string", "name", 0, (object, now) -> text(object.at("/metadata/name").asText()));
    }

    static Column age() {
        return new Column("Age", "string", "", 0,
                (object, now) -> text(HumanDuration.since(object.at("/metadata/creationTimestamp").asText(), now)));
    }

    static Column string(String name, Function<JsonNode, String> cell) {
        return new Column(name, "string", "", 0, (object, now) -> text(cell.apply(object)));
    }

    static Column integer(String name, Function<JsonNode, Number> cell) {
        return new Column(name, "integer", "", 0,
                (object, now) -> JsonNodeFactory.instance.numberNode(cell.apply(object).longValue()));
    }

    static Column timed(String name, BiFunction<JsonNode, Instant, String> cell) {
        return new Column(name, "string", "", 0, (object, now) -> text(cell.apply(object, now)));
    }

    /** The same column, shown only with {@code -o wide}. */
    Column wide() {
        return new Column(name, type, format, 1, cell);
    }

    ObjectNode definition() {
        return JsonNodeFactory.instance.objectNode()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", "")
                .put("priority", priority);
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }
}

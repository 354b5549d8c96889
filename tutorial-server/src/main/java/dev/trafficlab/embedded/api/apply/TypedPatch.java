package dev.trafficlab.embedded.api.apply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/**
 * Whether an applied configuration fits the structure of its kind, in the words of the library that merges it (structured-merge-diff,
 * {@code typed/validate.go}): server-side apply asks this before anything is decoded or validated.
 */
public final class TypedPatch {

    private static final Set<String> UNTYPED = Set.of("quantity", "date-time");

    private final List<String> errors = new ArrayList<>();

    private TypedPatch() {}

    /** What does not fit, each with its path; of the unknown fields of one object only the first. */
    public static List<String> errors(Schema schema, JsonNode config) {
        TypedPatch check = new TypedPatch();
        check.visit(schema, config, "");
        return List.copyOf(check.errors);
    }

    private void visit(Schema schema, JsonNode value, String path) {
        if (value.isNull()) {
            return;
        }
        switch (schema) {
            case ObjectSchema type when type.open() && type.fields().isEmpty() -> {
                // holds anything
            }
            case ObjectSchema type when value.isObject() -> visitFields(type, value, path);
            case MapSchema type when value.isObject() -> value.properties()
                    .forEach(entry -> visit(type.values().schema(), entry.getValue(), path + "." + entry.getKey()));
            case ListSchema type when value.isArray() -> visitItems(type, value, path);
            case ObjectSchema _ -> errors.add(path + ": expected map, got &{" + plain(value) + "}");
            case MapSchema _ -> errors.add(path + ": expected map, got &{" + plain(value) + "}");
            case ListSchema _ -> errors.add(path + ": expected list, got &{" + plain(value) + "}");
            case ScalarSchema type -> visitScalar(type, value, path);
        }
    }

    private void visitFields(ObjectSchema type, JsonNode value, String path) {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String child = path + "." + entry.getKey();
            Schema.Field field = type.fields().get(entry.getKey());
            if (field != null) {
                visit(field.schema(), entry.getValue(), child);
            } else if (!type.open()) {
                errors.add(child + ": field not declared in schema");
                return;
            }
        }
    }

    private void visitItems(ListSchema type, JsonNode list, String path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            boolean keyed = !type.keys().isEmpty() && item.isObject();
            String element = keyed ? PathElement.print(PathElement.item(type.keys(), item))
                    : type.set() ? PathElement.print(PathElement.value(item)) : "[" + i + "]";
            if (!seen.add(element)) {
                errors.add(path + ": duplicate entries for key " + element);
            }
            visit(type.items().schema(), item, path + element);
        }
    }

    private void visitScalar(ScalarSchema type, JsonNode value, String path) {
        if (UNTYPED.contains(type.format()) || type.type().equals("int-or-string")) {
            if (value.isContainerNode()) {
                errors.add(path + ": expected any scalar, got " + exact(value));
            }
            return;
        }
        switch (type.type()) {
            case "string" -> require(value.isTextual(), path, "string, got " + exact(value));
            case "boolean" -> require(value.isBoolean(), path, "boolean, got &{" + plain(value) + "}");
            default -> require(value.isNumber(), path, "numeric (int or float), got " + goType(value));
        }
    }

    private void require(boolean fits, String path, String what) {
        if (!fits) {
            errors.add(path + ": expected " + what);
        }
    }

    /** As Go's {@code %v} prints the value. */
    private static String plain(JsonNode value) {
        if (value.isObject()) {
            return sorted(value).entrySet()
                    .stream()
                    .map(entry -> entry.getKey() + ":" + plain(entry.getValue()))
                    .collect(Collectors.joining(" ", "map[", "]"));
        }
        if (value.isArray()) {
            return value.valueStream().map(TypedPatch::plain).collect(Collectors.joining(" ", "[", "]"));
        }
        return value.isNull() ? "<nil>" : value.asText();
    }

    /** As Go's {@code %#v} prints the value in its wrapper. */
    private static String exact(JsonNode value) {
        return "&value.valueUnstructured{Value:" + literal(value) + "}";
    }

    private static String literal(JsonNode value) {
        if (value.isObject()) {
            return sorted(value).entrySet()
                    .stream()
                    .map(entry -> "\"" + entry.getKey() + "\":" + literal(entry
                            .getValue()))
                    .collect(Collectors.joining(", ", "map[string]interface {}{", "}"));
        }
        if (value.isArray()) {
            return value.valueStream()
                    .map(TypedPatch::literal)
                    .collect(Collectors.joining(", ", "[]interface {}{", "}"));
        }
        return value.isNull() ? "interface {}(nil)" : value.toString();
    }

    private static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case BOOLEAN -> "bool";
            default -> "string";
        };
    }

    private static Map<String, JsonNode> sorted(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }
}

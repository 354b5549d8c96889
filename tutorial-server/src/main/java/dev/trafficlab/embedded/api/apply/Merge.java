package dev.trafficlab.embedded.api.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.apply.Fields.ElementRelationship;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;

/** Puts an applied configuration over an object, and takes fields away. */
final class Merge {

    private Merge() {}

    /** A new object: the configuration's values where it has any, the object's own elsewhere. */
    static ObjectNode merge(Schema schema, ObjectNode live, ObjectNode config) {
        return (ObjectNode) merge(Optional.of(schema), live, config);
    }

    private static JsonNode merge(Optional<Schema> schema, JsonNode live, JsonNode config) {
        ElementRelationship grain = schema.map(Fields::grain).orElse(ElementRelationship.WHOLE);
        return switch (grain) {
            case STRUCTURE, MAP -> live instanceof ObjectNode before && config instanceof ObjectNode over
                    ? mergeFields(schema.orElseThrow(), before, over)
                    : config.deepCopy();
            case KEYED_LIST -> live instanceof ArrayNode before && config instanceof ArrayNode over
                    ? mergeItems((ListSchema) schema.orElseThrow(), before, over)
                    : config.deepCopy();
            case SET -> live instanceof ArrayNode before && config instanceof ArrayNode over
                    ? unite(before, over)
                    : config.deepCopy();
            case WHOLE -> config.deepCopy();
        };
    }

    private static ObjectNode mergeFields(Schema schema, ObjectNode live, ObjectNode config) {
        ObjectNode merged = live.deepCopy();
        for (Map.Entry<String, JsonNode> entry : config.properties()) {
            merged.set(entry.getKey(), merge(Fields.field(schema, entry.getKey()), live.path(entry.getKey()), entry
                    .getValue()));
        }
        return merged;
    }

    /** The configuration's items in its order, then those that only the object has. */
    private static ArrayNode mergeItems(ListSchema list, ArrayNode live, ArrayNode config) {
        Map<String, JsonNode> rest = new LinkedHashMap<>();
        live.forEach(item -> rest.put(PathElement.item(list.keys(), item), item));
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode item : config) {
            JsonNode known = rest.remove(PathElement.item(list.keys(), item));
            merged.add(known == null ? item.deepCopy() : merge(Optional.of(list.items().schema()), known, item));
        }
        rest.values().forEach(item -> merged.add(item.deepCopy()));
        return merged;
    }

    private static ArrayNode unite(ArrayNode live, ArrayNode config) {
        Map<JsonNode, JsonNode> members = new LinkedHashMap<>();
        live.forEach(member -> members.put(member, member));
        config.forEach(member -> members.putIfAbsent(member, member));
        ArrayNode united = JsonNodeFactory.instance.arrayNode();
        members.keySet().forEach(united::add);
        return united;
    }

    /**
     * Removes the fields, and what becomes empty thereby.
     *
     * @param kept fields that stay even when they become empty
     */
    static void remove(Schema schema, JsonNode value, FieldSet fields, FieldSet kept) {
        switch (Fields.grain(schema)) {
            case STRUCTURE, MAP -> removeFields(schema, value, fields, kept);
            case KEYED_LIST, SET -> removeItems((ListSchema) schema, value, fields, kept);
            case WHOLE -> {
                // removed as a whole, by its parent
            }
        }
    }

    private static void removeFields(Schema schema, JsonNode value, FieldSet fields, FieldSet kept) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(entry -> {
                String element = PathElement.field(entry.getKey());
                return isGone(Fields.field(schema, entry.getKey()), entry.getValue(), fields.child(element),
                        kept.child(element));
            });
        }
    }

    /** A container goes when nothing is left in it: others may own the rest. */
    private static boolean isGone(Optional<Schema> schema, JsonNode value, FieldSet fields, FieldSet kept) {
        if (fields.isEmpty()) {
            return false;
        }
        boolean whole = schema.isEmpty() || Fields.grain(schema.get()) == ElementRelationship.WHOLE;
        if (whole || value.isEmpty()) {
            return fields.isMember();
        }
        remove(schema.get(), value, fields, kept);
        return value.isEmpty() && kept.isEmpty();
    }

    /** An item goes with all that is in it: whoever applies a part of it owns the item too. */
    private static void removeItems(ListSchema list, JsonNode value, FieldSet fields, FieldSet kept) {
        if (!(value instanceof ArrayNode items)) {
            return;
        }
        for (int i = items.size() - 1; i >= 0; i--) {
            String element = list.set() ? PathElement.value(items.get(i)) : PathElement.item(list.keys(), items.get(i));
            FieldSet dropped = fields.child(element);
            if (dropped.isMember()) {
                items.remove(i);
            } else if (!dropped.isEmpty()) {
                remove(list.items().schema(), items.get(i), dropped, kept.child(element));
            }
        }
    }
}

package dev.trafficlab.embedded.api.apply;

import java.util.ArrayList;
import java.util.List;
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
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        live.properties().forEach(entry -> {
            JsonNode over = config.get(entry.getKey());
            merged.set(entry.getKey(), over == null
                    ? entry.getValue().deepCopy()
                    : merge(Fields.field(schema, entry.getKey()), entry.getValue(), over));
        });
        config.properties().forEach(entry -> {
            if (!live.has(entry.getKey())) {
                merged.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
        return merged;
    }

    private static ArrayNode mergeItems(ListSchema list, ArrayNode live, ArrayNode config) {
        Optional<Schema> schema = Optional.of(list.items().schema());
        return ListMerge.merge(item -> PathElement.item(list.keys(), item), live, config,
                (before, over) -> merge(schema, before, over));
    }

    private static ArrayNode unite(ArrayNode live, ArrayNode config) {
        return ListMerge.merge(PathElement::value, live, config, (_, over) -> over.deepCopy());
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
    private static void removeItems(ListSchema list, JsonNode value, FieldSet fields, FieldSet keptFields) {
        if (!(value instanceof ArrayNode items)) {
            return;
        }
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode item : items) {
            String element = list.set() ? PathElement.value(item) : PathElement.item(list.keys(), item);
            FieldSet dropped = fields.child(element);
            if (!dropped.isMember()) {
                if (!dropped.isEmpty()) {
                    remove(list.items().schema(), item, dropped, keptFields.child(element));
                }
                kept.add(item);
            }
        }
        if (kept.size() < items.size()) {
            items.removeAll().addAll(kept);
        }
    }
}

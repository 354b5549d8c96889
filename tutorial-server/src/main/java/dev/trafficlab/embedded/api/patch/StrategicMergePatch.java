package dev.trafficlab.embedded.api.patch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.admission.FieldErrors;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;

/**
 * Kubernetes' strategic merge patch: a merge patch that knows which lists have keys, with directives for what a merge cannot say.
 */
public final class StrategicMergePatch {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String ORDER = "$setElementOrder/";
    private static final String DELETIONS = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    /** The target as the patch wants it; the target itself may be changed. */
    public static ObjectNode apply(Schema schema, ObjectNode target, ObjectNode patch) {
        return merge(Optional.of(schema), target, patch);
    }

    private static ObjectNode merge(Optional<Schema> schema, ObjectNode target, ObjectNode patch) {
        switch (patch.path(DIRECTIVE).asText()) {
            case "replace" -> {
                return withoutDirectives(patch.deepCopy());
            }
            case "delete" -> {
                return JsonNodeFactory.instance.objectNode();
            }
            default -> {
                // "merge", or no directive at all
            }
        }
        if (patch.has(RETAIN_KEYS)) {
            Set<String> kept = texts(patch.get(RETAIN_KEYS));
            target.retain(kept);
        }
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            mergeField(schema, target, patch, change.getKey(), change.getValue());
        }
        reorderUntouched(schema, target, patch);
        return target;
    }

    private static void mergeField(Optional<Schema> schema, ObjectNode target, ObjectNode patch, String name,
            JsonNode change) {
        if (name.startsWith(DELETIONS)) {
            String field = name.substring(DELETIONS.length());
            if (target.get(field) instanceof ArrayNode list && !patch.has(field)) {
                target.set(field, without(list, change));
            }
        } else if (!name.startsWith("$")) {
            Optional<Schema> field = field(schema, name);
            if (change.isNull()) {
                target.remove(name);
            } else if (change instanceof ObjectNode object) {
                ObjectNode old = target.get(name) instanceof ObjectNode known ? known
                        : JsonNodeFactory.instance.objectNode();
                ObjectNode merged = merge(field, old, object);
                target.set(name, merged);
            } else if (change instanceof ArrayNode items && field.isPresent() && field
                    .get() instanceof ListSchema list) {
                target.set(name, mergeList(list, target.path(name), items, patch, name));
            } else {
                target.set(name, change.deepCopy());
            }
        }
    }

    private static JsonNode mergeList(ListSchema list, JsonNode old, ArrayNode items, ObjectNode patch, String name) {
        if (list.set()) {
            ArrayNode rest = without(old, patch.path(DELETIONS + name));
            Set<String> known = texts(rest);
            items.forEach(item -> {
                if (known.add(item.asText())) {
                    rest.add(item);
                }
            });
            return rest;
        }
        if (list.keys().isEmpty()) {
            return items.deepCopy();
        }
        String key = list.keys().getFirst();
        boolean replaced = items.valueStream().anyMatch(StrategicMergePatch::replacesTheList);
        KeyedItems known = new KeyedItems(key, replaced ? JsonNodeFactory.instance.arrayNode() : old);
        for (JsonNode item : items) {
            if (!replacesTheList(item)) {
                mergeItem(list, known, item, key);
            }
        }
        return ordered(known.array(), patch.path(ORDER + name), key);
    }

    private static boolean replacesTheList(JsonNode item) {
        return item.path(DIRECTIVE).asText().equals("replace");
    }

    private static void mergeItem(ListSchema list, KeyedItems known, JsonNode item, String key) {
        if (!(item instanceof ObjectNode change) || !item.has(key)) {
            throw ApiException.badRequest("map: " + FieldErrors.shown(item.toString())
                    + " does not contain declared merge key: " + key);
        }
        if (item.path(DIRECTIVE).asText().equals("delete")) {
            known.remove(item.get(key));
            return;
        }
        Optional<Schema> schema = Optional.of(list.items().schema());
        known.replace(item.get(key), before -> before.isMissingNode()
                ? merge(schema, JsonNodeFactory.instance.objectNode(), change)
                : before instanceof ObjectNode object ? merge(schema, object, change) : before);
    }

    /** A patch may say the order of a list that it does not change otherwise. */
    private static void reorderUntouched(Optional<Schema> schema, ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            if (change.getKey().startsWith(ORDER)) {
                String name = change.getKey().substring(ORDER.length());
                if (!patch.has(name) && target.get(name) instanceof ArrayNode items && field(schema, name)
                        .filter(ListSchema.class::isInstance)
                        .isPresent() && field(schema, name)
                                .get() instanceof ListSchema list
                        && !list.keys().isEmpty()) {
                    target.set(name, ordered(items, change.getValue(), list.keys().getFirst()));
                }
            }
        }
    }

    /** The items in the wanted order; those it does not name keep their place among themselves, at the end. */
    private static ArrayNode ordered(ArrayNode items, JsonNode order, String key) {
        if (order.isEmpty()) {
            return items;
        }
        KeyedItems rest = new KeyedItems(key, items);
        ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wish : order) {
            rest.remove(wish.path(key)).forEach(ordered::add);
        }
        return ordered.addAll(rest.array());
    }

    private static ArrayNode without(JsonNode list, JsonNode unwanted) {
        Set<String> names = texts(unwanted);
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        list.forEach(item -> {
            if (!names.contains(item.asText())) {
                rest.add(item);
            }
        });
        return rest;
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    private static ObjectNode withoutDirectives(ObjectNode patch) {
        patch.properties().removeIf(entry -> entry.getKey().startsWith("$"));
        return patch;
    }

    private static Optional<Schema> field(Optional<Schema> schema, String name) {
        return schema.flatMap(known -> switch (known) {
            case ObjectSchema object -> Optional.ofNullable(object.fields().get(name)).map(Schema.Field::schema);
            case MapSchema map -> Optional.of(map.values().schema());
            default -> Optional.empty();
        });
    }
}

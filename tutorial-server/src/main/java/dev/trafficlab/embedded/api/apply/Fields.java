package dev.trafficlab.embedded.api.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/** Which fields a value has, and in which fields two values differ: structures and keyed lists field by field, the rest as a whole. */
final class Fields {

    /** Structures that Kubernetes owns as a whole: half of a selector or of a reference means nothing. */
    private static final Set<String> WHOLE_TYPES = Set.of("LabelSelector", "LocalObjectReference", "ObjectReference",
            "OwnerReference", "TypedLocalObjectReference", "ConfigMapKeySelector", "SecretKeySelector",
            "ObjectFieldSelector", "ResourceFieldSelector", "NodeSelector", "NodeSelectorTerm");

    /** Maps of which the same holds. */
    private static final Set<String> WHOLE_FIELDS = Set.of("ServiceSpec.selector", "PodSpec.nodeSelector");

    private Fields() {}

    /** How a value is owned: field by field, or as a whole. */
    enum ElementRelationship {
        STRUCTURE,
        MAP,
        KEYED_LIST,
        SET,
        WHOLE
    }

    static ElementRelationship grain(Schema schema) {
        return switch (schema) {
            case ObjectSchema object when object.fields().isEmpty() && object.open() -> ElementRelationship.WHOLE;
            case ObjectSchema object when WHOLE_TYPES.contains(object.type()) -> ElementRelationship.WHOLE;
            case ObjectSchema _ -> ElementRelationship.STRUCTURE;
            case MapSchema _ -> ElementRelationship.MAP;
            case ListSchema list when !list.keys().isEmpty() -> ElementRelationship.KEYED_LIST;
            case ListSchema list -> list.set() ? ElementRelationship.SET : ElementRelationship.WHOLE;
            case ScalarSchema _ -> ElementRelationship.WHOLE;
        };
    }

    /** The schema of a field or of a map's value; empty for a field that is owned as a whole whatever it holds. */
    static Optional<Schema> field(Schema schema, String name) {
        return switch (schema) {
            case ObjectSchema object when WHOLE_FIELDS.contains(object.type() + "." + name) -> Optional.empty();
            case ObjectSchema object -> Optional.ofNullable(object.fields().get(name)).map(Schema.Field::schema);
            case MapSchema map -> Optional.of(map.values().schema());
            default -> Optional.empty();
        };
    }

    /** The parts of a value by path element; nothing for a value that is owned as a whole. */
    static Map<String, Part> parts(Schema schema, JsonNode value) {
        Map<String, Part> parts = new LinkedHashMap<>();
        switch (grain(schema)) {
            case STRUCTURE, MAP -> value.properties()
                    .forEach(entry -> parts.put(PathElement.field(entry.getKey()),
                            new Part(field(schema, entry.getKey()), entry.getValue())));
            case KEYED_LIST -> {
                ListSchema list = (ListSchema) schema;
                value.forEach(item -> parts.put(PathElement.item(list.keys(), item),
                        new Part(Optional.of(list.items().schema()), item)));
            }
            case SET -> value.forEach(item -> parts.put(PathElement.value(item), new Part(Optional.empty(), item)));
            case WHOLE -> {
                // no parts
            }
        }
        return parts;
    }

    /**
     * A part of a value.
     *
     * @param schema its structure; empty when it is owned as a whole
     */
    record Part(Optional<Schema> schema, JsonNode value) {

        boolean isWhole() {
            return schema.isEmpty() || grain(schema.get()) == ElementRelationship.WHOLE || !value.isContainerNode();
        }
    }

    /** All fields of an applied configuration; one that names nothing but the object has none. */
    static FieldSet of(Schema schema, JsonNode value) {
        FieldSet set = new FieldSet();
        if (!value.isEmpty()) {
            collect(new Part(Optional.of(schema), value), set);
        }
        return set;
    }

    private static void collect(Part part, FieldSet set) {
        if (part.isWhole() || part.value().isEmpty()) {
            set.setMember();
            return;
        }
        Schema schema = part.schema().orElseThrow();
        boolean items = schema instanceof ListSchema;
        parts(schema, part.value()).forEach((element, child) -> {
            FieldSet below = set.descend(element);
            collect(child, below);
            if (items) {
                below.setMember();
            }
        });
    }

    /** The difference between two values of one structure. */
    static Difference compare(Schema schema, ObjectNode before, ObjectNode after) {
        Difference difference = new Difference(new FieldSet(), new FieldSet());
        compare(new Part(Optional.of(schema), before), new Part(Optional.of(schema), after), difference);
        return difference.compact();
    }

    private static void compare(Part before, Part after, Difference difference) {
        boolean empty = before.value().isEmpty() && after.value().isEmpty();
        if (before.isWhole() || after.isWhole() || empty) {
            if (!before.value().equals(after.value())) {
                difference.changed().setMember();
            }
            return;
        }
        Map<String, Part> old = parts(before.schema().orElseThrow(), before.value());
        Map<String, Part> now = parts(after.schema().orElseThrow(), after.value());
        now.forEach((element, part) -> {
            Part known = old.get(element);
            if (known == null) {
                addAll(part, difference.changed().descend(element));
            } else {
                compare(known, part, new Difference(difference.changed().descend(element), difference.removed()
                        .descend(element)));
            }
        });
        old.forEach((element, part) -> {
            if (!now.containsKey(element)) {
                addAll(part, difference.removed().descend(element));
            }
        });
    }

    /** A part with all that is in it; what is in a map or list counts together with the map or list itself. */
    private static void addAll(Part part, FieldSet set) {
        if (part.isWhole() || part.value().isEmpty()) {
            set.setMember();
            return;
        }
        Schema schema = part.schema().orElseThrow();
        if (!(schema instanceof ObjectSchema)) {
            set.setMember();
        }
        boolean items = schema instanceof ListSchema;
        parts(schema, part.value()).forEach((element, child) -> {
            FieldSet below = set.descend(element);
            addAll(child, below);
            if (items) {
                below.setMember();
            }
        });
    }

    /**
     * How a value became another.
     *
     * @param changed fields added or given another value
     * @param removed fields that are gone
     */
    record Difference(FieldSet changed, FieldSet removed) {

        Difference compact() {
            return new Difference(changed.compact(), removed.compact());
        }
    }
}

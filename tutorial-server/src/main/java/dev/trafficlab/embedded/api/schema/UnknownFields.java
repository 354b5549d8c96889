package dev.trafficlab.embedded.api.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.admission.FieldErrors;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/** Finds, and on demand removes, what a structure does not know. */
final class UnknownFields {

    private final boolean remove;
    private final List<String> paths = new ArrayList<>();

    private UnknownFields(boolean remove) {
        this.remove = remove;
    }

    /** The paths of the unknown fields, in the order of the document. */
    static List<String> find(Schema schema, JsonNode value) {
        var search = new UnknownFields(false);
        search.visit(schema, value, "");
        return search.paths;
    }

    /** Removes the unknown fields. */
    static void remove(Schema schema, JsonNode value) {
        new UnknownFields(true).visit(schema, value, "");
    }

    private void visit(Schema schema, JsonNode value, String path) {
        switch (schema) {
            case ObjectSchema type when value instanceof ObjectNode object -> visitFields(type, object, path);
            case MapSchema type when value.isObject() -> value.properties()
                    .forEach(entry -> visit(type.values().schema(), entry.getValue(), child(path, entry.getKey())));
            case ListSchema type when value.isArray() -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(type.items().schema(), value.get(i), path + "[" + i + "]");
                }
            }
            case ObjectSchema type when type.open() -> {
                // holds anything
            }
            // A value of another type than its field's is told of elsewhere; what is in it is unknown in any case.
            case ObjectSchema _ -> visitStranger(value, path);
            case MapSchema _ -> visitStranger(value, path);
            case ListSchema _ -> visitStranger(value, path);
            case ScalarSchema _ -> visitStranger(value, path);
        }
    }

    private void visitStranger(JsonNode value, String path) {
        if (value instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> note(path, name));
            if (remove) {
                object.removeAll();
            }
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visitStranger(value.get(i), path + "[" + i + "]");
            }
        }
    }

    private void visitFields(ObjectSchema type, ObjectNode object, String path) {
        if (type.open() && type.fields().isEmpty()) {
            return;
        }
        var unknown = new ArrayList<String>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Schema.Field field = type.fields().get(entry.getKey());
            if (field != null) {
                visit(field.schema(), entry.getValue(), child(path, entry.getKey()));
            } else if (!type.open()) {
                unknown.add(entry.getKey());
                note(path, entry.getKey());
            }
        }
        if (remove) {
            object.remove(unknown);
        }
    }

    private void note(String path, String name) {
        if (paths.size() < Bounds.STRICT_ERRORS) {
            paths.add(FieldErrors.shown(child(path, name)));
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

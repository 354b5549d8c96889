package dev.trafficlab.embedded.api.schema;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/** Writes a structure in one piece, as a CustomResourceDefinition has it: without references. */
final class InlineSchema {

    private InlineSchema() {}

    /** The kind's schema; its metadata every kind has, so a CRD leaves it out. */
    static ObjectNode of(ObjectSchema kind) {
        ObjectNode out = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        for (String part : List.of("spec", "status")) {
            Schema.Field field = kind.fields().get(part);
            if (field != null) {
                write(properties.putObject(part), field.schema(), field.description());
            }
        }
        return out;
    }

    private static void write(ObjectNode out, Schema schema, String description) {
        if (!description.isEmpty()) {
            out.put("description", description);
        }
        switch (schema) {
            case ObjectSchema type -> writeObject(out, type);
            case ListSchema type -> write(out.put("type", "array").putObject("items"), type.items().schema(), "");
            case MapSchema type -> write(out.put("type", "object").putObject("additionalProperties"),
                    type.values().schema(), "");
            case ScalarSchema type -> ScalarDocument.write(out, type);
        }
    }

    private static void writeObject(ObjectNode out, ObjectSchema type) {
        out.put("type", "object");
        if (type.open()) {
            out.put("x-kubernetes-preserve-unknown-fields", true);
            return;
        }
        ObjectNode properties = out.putObject("properties");
        type.fields().forEach((name, field) -> write(properties.putObject(name), field.schema(), field.description()));
        if (!type.required().isEmpty()) {
            type.required().forEach(out.putArray("required")::add);
        }
        if (type.choices().size() == 1) {
            writeChoice(out.putArray("oneOf"), type.choices().getFirst());
        } else if (!type.choices().isEmpty()) {
            ArrayNode all = out.putArray("allOf");
            type.choices().forEach(choice -> writeChoice(all.addObject().putArray("oneOf"), choice));
        }
    }

    /** None of the fields, or exactly one. */
    private static void writeChoice(ArrayNode oneOf, List<String> choice) {
        ArrayNode any = oneOf.addObject().putObject("not").putArray("anyOf");
        choice.forEach(field -> any.addObject().putArray("required").add(field));
        choice.forEach(field -> oneOf.addObject().putArray("required").add(field));
    }
}

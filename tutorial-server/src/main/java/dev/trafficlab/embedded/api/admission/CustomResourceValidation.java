package dev.trafficlab.embedded.api.admission;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.schema.NullFields;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/**
 * Checks an object against the schema of its CustomResourceDefinition: types, required fields, enumerations, ranges and choices,
 * and afterwards, when those hold, the durations (a CEL rule of each such field).
 */
final class CustomResourceValidation {

    private static final BigDecimal MAX_UINT32 = BigDecimal.valueOf(0xFFFF_FFFFL);

    private final FieldErrors errors;
    private final List<Runnable> later = new ArrayList<>();
    private boolean blocked;

    CustomResourceValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** Checks everything but the metadata, which is no business of the CRD's. */
    void check(ObjectSchema kind, JsonNode object) {
        kind.fields().forEach((name, field) -> {
            if (!name.equals("metadata") && object.has(name)) {
                visit(field.schema(), object.get(name), name);
            }
        });
        if (!blocked) {
            later.forEach(Runnable::run);
        } else {
            errors.invalid("<nil>", new FieldErrors.Raw("null"),
                    "some validation rules were not checked because the object "
                            + "was invalid; correct the existing errors to complete validation");
        }
    }

    /** Whether an error was found that keeps CEL rules from being looked at. */
    boolean blocked() {
        return blocked;
    }

    private void visit(Schema schema, JsonNode value, String path) {
        switch (schema) {
            case ObjectSchema type when value.isObject() -> visitObject(type, value, path);
            case ObjectSchema type -> wrongType(path, "object", value);
            case MapSchema type when value.isObject() -> value.properties()
                    .forEach(entry -> visitField(type.values().schema(), entry.getValue(), path, entry.getKey()));
            case MapSchema type -> wrongType(path, "object", value);
            case ListSchema type when value.isArray() -> {
                for (int i = 0; i < value.size(); i++) {
                    visit(type.items().schema(), value.get(i), path + "[" + i + "]");
                }
            }
            case ListSchema type -> wrongType(path, "array", value);
            case ScalarSchema type -> visitScalar(type, value, path);
        }
    }

    private void visitObject(ObjectSchema type, JsonNode value, String path) {
        type.fields().forEach((name, field) -> {
            if (value.has(name)) {
                visitField(field.schema(), value.get(name), path, name);
            }
        });
        for (String name : type.required()) {
            if (!value.has(name)) {
                blocked = true;
                errors.required(path + "." + name, "");
            }
        }
        checkChoices(type.choices(), value, path);
    }

    private void checkChoices(List<List<String>> choices, JsonNode value, String path) {
        List<Long> wrong = choices.stream()
                .map(choice -> choice.stream().filter(value::has).count())
                .filter(made -> made > 1)
                .toList();
        if (wrong.isEmpty()) {
            return;
        }
        errors.invalid("<nil>", "", "\"" + path + "\" must validate one and only one schema (oneOf). Found "
                + wrong.getFirst() + " valid alternatives");
        if (choices.size() > 1) {
            errors.invalid("<nil>", "", "\"" + path + "\" must validate all the schemas (allOf)"
                    + (wrong.size() == choices.size() ? ". None validated" : ""));
        }
    }

    private void visitField(Schema schema, JsonNode value, String path, String name) {
        if (!value.isNull() || !NullFields.isNullable(name)) {
            visit(schema, value, path + "." + name);
        }
    }

    private void visitScalar(ScalarSchema type, JsonNode value, String path) {
        boolean fits = switch (type.type()) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            default -> isWhole(value);
        };
        if (!fits) {
            if (type.type().equals("integer") && value.isNumber()) {
                notWhole(path, type.format());
            } else {
                wrongType(path, type.type(), value);
            }
            return;
        }
        if (!type.values().isEmpty() && !type.values().contains(value.textValue())) {
            blocked = true;
            errors.unsupported(path, value, type.values());
        }
        switch (type.format()) {
            case "uint32" -> checkRange(value, path, MAX_UINT32);
            case "uint64" -> checkRange(value, path, BigDecimal.valueOf(Long.MAX_VALUE));
            case "duration" -> later.add(() -> checkDuration(value.textValue(), path));
            default -> {
            }
        }
    }

    /** Of the formats only int32 is one that the validator of schemas knows. */
    private void notWhole(String path, String format) {
        blocked = true;
        boolean known = format.equals("int32");
        String is = known ? "float64" : "number";
        errors.typeInvalid(path, is, path + " in body must be of type " + (known ? format : "integer") + ": \"" + is
                + "\"");
        errors.invalid("<nil>", "", "Checked value must be of type integer "
                + (known ? "with format int32" : "(default format)") + " in " + path);
    }

    private static boolean isWhole(JsonNode value) {
        return value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    private void checkRange(JsonNode value, String path, BigDecimal maximum) {
        BigDecimal number = value.decimalValue();
        if (number.signum() < 0) {
            errors.invalid(path, value, path + " in body should be greater than or equal to 0");
        } else if (number.compareTo(maximum) > 0) {
            errors.invalid(path, value, path + " in body should be less than or equal to " + maximum.toPlainString());
        }
    }

    /** Of a value that cannot be converted CEL shows the type alone. */
    private void checkDuration(String text, String path) {
        String rule = "must be a valid duration greater than 1ms";
        var nanos = GoDuration.parse(text);
        if (nanos.isEmpty()) {
            errors.invalid(path, "string",
                    "type conversion error from 'string' to 'google.protobuf.Duration' evaluating rule: " + rule);
        } else if (nanos.getAsLong() < GoDuration.MILLISECOND) {
            errors.invalid(path, text, rule);
        }
    }

    private void wrongType(String path, String wanted, JsonNode value) {
        blocked = true;
        String is = switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> isWhole(value) ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case NULL, MISSING -> "null";
            default -> "object";
        };
        errors.typeInvalid(path, is, path + " in body must be of type " + wanted + ": \"" + is + "\"");
    }
}

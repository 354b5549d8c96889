package dev.trafficlab.embedded.api.schema;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.fabric8.kubernetes.api.model.Quantity;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/**
 * Says what Go's JSON decoder says of a value that does not fit its field: the API server decodes its own kinds with it, and
 * stops at the first such value.
 */
final class GoDecoding {

    /** Strings that have a Go type of their own. */
    private static final Map<String, String> STRING_TYPES = Map.of("Container.imagePullPolicy", "v1.PullPolicy",
            "ContainerPort.protocol", "v1.Protocol", "ServicePort.protocol", "v1.Protocol", "ServiceSpec.type",
            "v1.ServiceType", "ServiceSpec.sessionAffinity", "v1.ServiceAffinity", "PodSpec.restartPolicy",
            "v1.RestartPolicy", "PodSpec.dnsPolicy", "v1.DNSPolicy", "DeploymentStrategy.type",
            "v1.DeploymentStrategyType", "LabelSelectorRequirement.operator", "v1.LabelSelectorOperator");

    private static final String QUANTITY = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";
    private static final Pattern QUANTITY_PATTERN = Pattern.compile(QUANTITY);

    private GoDecoding() {}

    /** The first value that the structure cannot hold, in the decoder's words. */
    static Optional<String> firstError(ObjectSchema root, JsonNode object) {
        return check(root, object, new Place("", "", ""));
    }

    private static Optional<String> check(Schema schema, JsonNode value, Place place) {
        if (value.isNull()) {
            return Optional.empty();
        }
        return switch (schema) {
            case ObjectSchema type -> checkObject(type, value, place);
            case MapSchema type -> value.isObject()
                    ? firstOf(value, (name, item) -> check(type.values().schema(), item, place))
                    : mismatch(schema, value, place);
            case ListSchema type -> value.isArray()
                    ? firstOf(value, (name, item) -> check(type.items().schema(), item, place))
                    : mismatch(schema, value, place);
            case ScalarSchema type -> checkScalar(type, value, place);
        };
    }

    private static Optional<String> checkObject(ObjectSchema type, JsonNode value, Place place) {
        if (type.open() && type.fields().isEmpty()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            return mismatch(type, value, place);
        }
        return firstOf(value, (name, item) -> {
            Schema.Field field = type.fields().get(name);
            return field == null ? Optional.empty() : check(field.schema(), item, place.in(type.type(), name));
        });
    }

    private static Optional<String> firstOf(JsonNode container, Check check) {
        if (container.isObject()) {
            return container.properties()
                    .stream()
                    .flatMap(entry -> check.on(entry.getKey(), entry.getValue()).stream())
                    .findFirst();
        }
        return container.valueStream().flatMap(item -> check.on("", item).stream()).findFirst();
    }

    private static Optional<String> checkScalar(ScalarSchema type, JsonNode value, Place place) {
        if (type.format().equals("quantity")) {
            return checkQuantity(value);
        }
        return switch (type.type()) {
            case "string" -> value.isTextual() ? Optional.empty() : mismatch(type, value, place);
            case "boolean" -> value.isBoolean() ? Optional.empty() : mismatch(type, value, place);
            case "number" -> value.isNumber() ? Optional.empty() : mismatch(type, value, place);
            case "integer" -> fits(value, type.format()) ? Optional.empty() : mismatch(type, value, place);
            case "int-or-string" -> value.isTextual() || fits(value, "int32")
                    ? Optional.empty()
                    : Optional.of("json: cannot unmarshal " + kind(value, true) + " into Go value of type int32");
            default -> Optional.empty();
        };
    }

    private static Optional<String> checkQuantity(JsonNode value) {
        if (!value.isNumber() && !(value.isTextual() && QUANTITY_PATTERN.matcher(value.textValue()).matches())) {
            return Optional.of("quantities must match the regular expression '" + QUANTITY + "'");
        }
        if (value.asText().length() > Bounds.NUMBER_CHARACTERS || isHuge(value.asText())) {
            return Optional.of("unable to parse quantity's suffix");
        }
        try {
            Quantity.getAmountInBytes(new Quantity(value.asText()));
            return Optional.empty();
        } catch (IllegalArgumentException unknownSuffix) {
            return Optional.of("unable to parse quantity's suffix");
        }
    }

    /** An exponent of more than two digits: no resource is so large, and computing with one takes time by it. */
    private static boolean isHuge(String quantity) {
        int exponent = Math.max(quantity.lastIndexOf('e'), quantity.lastIndexOf('E'));
        return exponent >= 0 && quantity.substring(exponent + 1).chars().filter(c -> c >= '0' && c <= '9').count() > 2;
    }

    private static boolean fits(JsonNode value, String format) {
        return value.isIntegralNumber() && (format.equals("int32") ? value.canConvertToInt()
                : value.canConvertToLong());
    }

    private static Optional<String> mismatch(Schema schema, JsonNode value, Place place) {
        boolean whole = schema instanceof ScalarSchema scalar && scalar.type().equals("integer");
        String what = "json: cannot unmarshal " + kind(value, whole) + " into Go ";
        return Optional.of(place.path().isEmpty()
                ? what + "value of type " + goType(schema, place)
                : what + "struct field " + place.struct() + "." + place.path() + " of type " + goType(schema, place));
    }

    private static String kind(JsonNode value, boolean showNumber) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> showNumber ? "number " + number(value) : "number";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    private static String number(JsonNode value) {
        BigDecimal number = value.decimalValue();
        return value.isIntegralNumber() ? number.toPlainString() : number.stripTrailingZeros().toPlainString();
    }

    private static String goType(Schema schema, Place place) {
        return switch (schema) {
            case ObjectSchema type -> "v1." + type.type();
            case MapSchema type -> "map[string]" + goType(type.values().schema(), place);
            case ListSchema type -> "[]" + goType(type.items().schema(), place);
            case ScalarSchema type -> goScalar(type, place);
        };
    }

    private static String goScalar(ScalarSchema type, Place place) {
        if (type.format().equals("quantity")) {
            return "resource.Quantity";
        }
        if (type.format().equals("date-time")) {
            return "v1.Time";
        }
        return switch (type.type()) {
            case "integer" -> type.format();
            case "number" -> "float64";
            case "boolean" -> "bool";
            case "int-or-string" -> "intstr.IntOrString";
            default -> STRING_TYPES.getOrDefault(place.struct() + "." + place.field(), "string");
        };
    }

    @FunctionalInterface
    private interface Check {
        Optional<String> on(String name, JsonNode value);
    }

    /** Where the decoder stands: the Go struct, the path of its field from the root (items not counted), the field itself. */
    private record Place(String struct, String path, String field) {

        Place in(String type, String name) {
            return new Place(type, path.isEmpty() ? name : path + "." + name, name);
        }
    }
}

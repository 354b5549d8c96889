package dev.trafficlab.embedded.api.protobuf;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The fields of one protobuf message and the JSON names that they become. Zero values are left out, as Go's omitempty does. */
final class ProtobufMessage {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<Integer, Field> fields = new HashMap<>();

    /** Takes a field's value off the wire into the object. */
    @FunctionalInterface
    private interface Field extends BiConsumer<Wire, ObjectNode> {}

    /** Thrown when a field that is not known here holds something: it must not be lost in silence. */
    static final class UnknownFieldException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    ObjectNode read(byte[] bytes) {
        Wire wire = new Wire(bytes);
        ObjectNode object = JSON.objectNode();
        while (!wire.atEnd()) {
            int tag = wire.tag();
            Field field = fields.get(tag >>> 3);
            if (field != null) {
                field.accept(wire, object);
            } else if (wire.skip(tag & 7)) {
                throw new UnknownFieldException();
            }
        }
        return object;
    }

    ProtobufMessage text(int number, String name) {
        return field(number, (wire, object) -> {
            String value = wire.text();
            if (!value.isEmpty()) {
                object.put(name, value);
            }
        });
    }

    ProtobufMessage texts(int number, String name) {
        return field(number, (wire, object) -> object.withArray("/" + name).add(wire.text()));
    }

    ProtobufMessage number(int number, String name) {
        return field(number, (wire, object) -> {
            long value = wire.varint();
            if (value != 0) {
                object.set(name, whole(value));
            }
        });
    }

    /** A number behind a pointer in Go: a zero that was sent is meant. */
    ProtobufMessage pointer(int number, String name) {
        return field(number, (wire, object) -> object.set(name, whole(wire.varint())));
    }

    ProtobufMessage flag(int number, String name) {
        return field(number, (wire, object) -> {
            if (wire.varint() != 0) {
                object.put(name, true);
            }
        });
    }

    ProtobufMessage message(int number, String name, Supplier<ProtobufMessage> type) {
        return field(number, (wire, object) -> {
            ObjectNode value = type.get().read(wire.delimited());
            if (!value.isEmpty()) {
                object.set(name, value);
            }
        });
    }

    ProtobufMessage messages(int number, String name, Supplier<ProtobufMessage> type) {
        return field(number, (wire, object) -> object.withArray("/" + name).add(type.get().read(wire.delimited())));
    }

    /** A map from text to text. */
    ProtobufMessage map(int number, String name) {
        return map(number, name, wire -> JSON.textNode(wire.text()));
    }

    /** A map from text to bytes, in JSON as base64. */
    ProtobufMessage bytesMap(int number, String name) {
        return map(number, name, wire -> JSON.textNode(Base64.getEncoder().encodeToString(wire.delimited())));
    }

    /** A map from text to quantities ({@code cpu: 100m}). */
    ProtobufMessage quantities(int number, String name) {
        return map(number, name, wire -> new ProtobufMessage().text(1, "string").read(wire.delimited()).path("string"));
    }

    ProtobufMessage intOrString(int number, String name) {
        return field(number, (wire, object) -> {
            ObjectNode value = new ProtobufMessage().number(1, "type")
                    .pointer(2, "int")
                    .text(3, "text")
                    .read(wire.delimited());
            object.set(name, value.path("type").asInt() == 0 ? JSON.numberNode(value.path("int").asInt())
                    : value.path("text"));
        });
    }

    /** The node that a JSON parser would make of the number, so that equal objects are equal. */
    private static JsonNode whole(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private ProtobufMessage map(int number, String name, Function<Wire, JsonNode> value) {
        return field(number, (wire, object) -> {
            Wire entry = new Wire(wire.delimited());
            String key = "";
            JsonNode found = JSON.textNode("");
            while (!entry.atEnd()) {
                int tag = entry.tag();
                switch (tag >>> 3) {
                    case 1 -> key = entry.text();
                    case 2 -> found = value.apply(entry);
                    default -> entry.skip(tag & 7);
                }
            }
            object.withObject("/" + name).set(key, found);
        });
    }

    private ProtobufMessage field(int number, Field field) {
        fields.put(number, field);
        return this;
    }
}

package dev.trafficlab.embedded.api.schema;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/** Writes a scalar as OpenAPI does, our own formats as the rules they stand for. */
final class ScalarDocument {

    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private ScalarDocument() {}

    /** The name that Kubernetes gives to the scalar, and kubectl shows, when it is more than its JSON type says. */
    static Optional<String> named(ScalarSchema scalar) {
        if (scalar.type().equals("int-or-string")) {
            return Optional.of("io.k8s.apimachinery.pkg.util.intstr.IntOrString");
        }
        return scalar.format().equals("quantity")
                ? Optional.of("io.k8s.apimachinery.pkg.api.resource.Quantity")
                : Optional.empty();
    }

    static void write(ObjectNode out, ScalarSchema scalar) {
        if (scalar.type().equals("int-or-string")) {
            out.put("format", "int-or-string");
            ArrayNode types = out.putArray("oneOf");
            types.addObject().put("type", "integer");
            types.addObject().put("type", "string");
            return;
        }
        out.put("type", scalar.type());
        switch (scalar.format()) {
            case "", "quantity" -> {
            }
            case "uint32" -> out.put("minimum", 0).put("maximum", MAX_UINT32);
            case "uint64" -> out.put("minimum", 0);
            case "duration" -> out.putArray("x-kubernetes-validations")
                    .addObject()
                    .put("message", "must be a valid duration greater than 1ms")
                    .put("rule", "duration(self) >= duration('1ms')");
            default -> out.put("format", scalar.format());
        }
        if (!scalar.values().isEmpty()) {
            scalar.values().forEach(out.putArray("enum")::add);
        }
    }
}

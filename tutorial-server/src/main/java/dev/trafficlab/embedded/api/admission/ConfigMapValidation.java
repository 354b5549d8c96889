package dev.trafficlab.embedded.api.admission;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for ConfigMaps. */
final class ConfigMapValidation {

    private static final int LIMIT = 1024 * 1024;

    private final FieldErrors errors;

    ConfigMapValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void check(JsonNode configMap, Optional<? extends JsonNode> old) {
        JsonNode data = configMap.path("data");
        JsonNode binary = configMap.path("binaryData");
        data.fieldNames().forEachRemaining(key -> {
            errors.invalidForEach("data[" + key + "]", key, Syntax.configKey(key));
            if (binary.has(key)) {
                errors.invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
            }
        });
        binary.fieldNames()
                .forEachRemaining(key -> errors.invalidForEach("binaryData[" + key + "]", key, Syntax.configKey(key)));
        if (size(data) + size(binary) > LIMIT) {
            errors.tooLong("", LIMIT);
        }
        old.filter(before -> before.path("immutable").asBoolean()).ifPresent(before -> checkFrozen(configMap, before));
    }

    private void checkFrozen(JsonNode configMap, JsonNode before) {
        if (!configMap.path("immutable").asBoolean()) {
            errors.forbidden("immutable", "field is immutable when `immutable` is set");
        }
        List.of("data", "binaryData")
                .stream()
                .filter(field -> !configMap.path(field).equals(before.path(field)))
                .forEach(field -> errors.forbidden(field, "field is immutable when `immutable` is set"));
    }

    private static long size(JsonNode data) {
        return data.valueStream().mapToLong(value -> value.asText().getBytes(StandardCharsets.UTF_8).length).sum();
    }
}

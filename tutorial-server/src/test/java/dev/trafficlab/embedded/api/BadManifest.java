package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One of the manifests of {@code bad-manifests.yaml}.
 *
 * @param name says what is wrong with it
 * @param layer who refuses it
 * @param manifest the manifest as YAML
 * @param before what is there already, as YAML
 * @param code the HTTP status
 * @param reason the Status' reason, empty when it has none
 * @param message a part of the Status' message
 * @param field one of the fields that the Status' causes name
 */
public record BadManifest(String name, String layer, String manifest, Optional<String> before, int code, String reason,
        String message, Optional<String> field) {

    /** All of them. */
    public static Stream<BadManifest> all() {
        return YamlText.one(read("/bad-manifests.yaml")).valueStream().map(BadManifest::of);
    }

    private static BadManifest of(JsonNode entry) {
        return new BadManifest(entry.get("name").asText(), entry.get("layer").asText(), entry.get("manifest").asText(),
                optional(entry, "before"), entry.get("code").asInt(), entry.get("reason").asText(),
                entry.get("message").asText(), optional(entry, "field"));
    }

    private static Optional<String> optional(JsonNode entry, String field) {
        return Optional.ofNullable(entry.get(field)).map(JsonNode::asText);
    }

    static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(BadManifest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

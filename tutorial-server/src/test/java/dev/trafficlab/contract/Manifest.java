package dev.trafficlab.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.BadManifest;
import dev.trafficlab.embedded.api.YamlText;

/**
 * A manifest for both.
 *
 * @param name says what is special about it
 * @param object the object itself
 * @param before what is there already
 * @param webhook whether it is Istio's webhook that refuses it, which the API server alone knows nothing of
 */
record Manifest(String name, ObjectNode object, Optional<ObjectNode> before, boolean webhook) {

    private static final List<String> COURSE = List.of("services", "deployments", "gateway", "virtualservice",
            "destinationrule", "sticky", "shares-that-stick");

    /** Good and bad ones. */
    static Stream<Manifest> all() {
        return Stream.of(course(), good(), BadManifest.all().map(Manifest::of)).flatMap(manifests -> manifests);
    }

    private static Stream<Manifest> course() {
        return COURSE.stream()
                .flatMap(file -> YamlText.all(read(Path.of("..", "manifests", "traffic-weighting", file
                        + ".yaml")))
                        .stream()
                        .map(object -> new Manifest("course, " + file + ": " + object.get("kind").asText() + " "
                                + object.at("/metadata/name").asText(), object, Optional.empty(), false)));
    }

    private static Stream<Manifest> good() {
        return YamlText.one(read(Path.of("src", "test", "resources", "good-manifests.yaml")))
                .valueStream()
                .map(entry -> new Manifest(entry.get("name").asText(), parse(entry.get("manifest").asText()),
                        Optional.ofNullable(entry.get("before")).map(JsonNode::asText).map(Manifest::parse), false));
    }

    private static Manifest of(BadManifest bad) {
        return new Manifest(bad.name(), parse(bad.manifest()), bad.before().map(Manifest::parse), bad.layer()
                .equals("webhook"));
    }

    private static ObjectNode parse(String yaml) {
        return YamlText.all(yaml).getFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

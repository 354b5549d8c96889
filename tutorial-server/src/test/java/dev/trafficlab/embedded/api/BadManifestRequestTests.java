package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Every bad manifest, sent to the API as a client sends it. */
class BadManifestRequestTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    static Stream<BadManifest> manifests() {
        return BadManifest.all();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isAnsweredWithTheReasonOfARealCluster(BadManifest bad) {
        // Given
        ObjectNode manifest = YamlText.all(bad.manifest()).getFirst();
        String collection = collection(manifest);
        bad.before().map(before -> YamlText.all(before).getFirst())
                .ifPresent(before -> assertThat(send("POST", collection, before).path("kind").asText()).isNotEqualTo(
                        "Status"));
        // When
        JsonNode answer = bad.before().isPresent()
                ? send("PUT", collection + "/" + manifest.at("/metadata/name").asText(), manifest)
                : send("POST", collection, manifest);
        // Then
        assertThat(answer.path("message").asText()).contains(bad.message());
        assertThat(answer.path("code").asInt()).isEqualTo(bad.code());
        assertThat(answer.path("reason").asText()).isEqualTo(bad.reason());
        bad.field().filter(_ -> bad.code() == 422).ifPresent(field -> assertThat(answer.at("/details/causes")
                .valueStream()
                .map(cause -> cause.path("field").asText())).contains(field));
        bad.before().ifPresent(_ -> send("DELETE", collection + "/" + manifest.at("/metadata/name").asText(),
                manifest));
    }

    /** Where objects of the manifest's kind live; of a kind nobody serves, where a client would look. */
    private static String collection(JsonNode manifest) {
        String apiVersion = manifest.path("apiVersion").asText();
        String kind = manifest.path("kind").asText();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        String root = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version;
        String namespace = "/namespaces/" + manifest.at("/metadata/namespace").asText("default");
        return ResourceTypes.byKind(group, version, kind)
                .map(type -> root + (type.namespaced() ? namespace : "") + "/" + type.plural())
                .orElseGet(() -> root + namespace + "/" + kind.toLowerCase(Locale.ROOT) + "s");
    }

    private static JsonNode send(String method, String path, ObjectNode body) {
        byte[] bytes = method.equals("DELETE") ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        ApiResponse response = cluster.api().handle(new ApiRequest(method, path, "fieldValidation=Strict",
                Map.of("content-type", List.of("application/json")), bytes, new ApiRequest.Trusted(), ""));
        try {
            return JSON.readTree(((ApiResponse.Complete) response).body());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

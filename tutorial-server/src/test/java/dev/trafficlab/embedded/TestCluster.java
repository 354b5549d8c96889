package dev.trafficlab.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.NotSupported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A whole embedded cluster, driven through its API and its ingress gateway like any client would. */
final class TestCluster implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedCluster cluster;

    TestCluster(EmbeddedSettings settings) {
        cluster = EmbeddedCluster.start(settings);
    }

    static TestCluster inMemory() {
        return new TestCluster(EmbeddedSettings.inMemory());
    }

    void namespace(String name) {
        assertThat(send("POST", "/api/v1/namespaces", "", "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}").status())
                .isEqualTo(201);
    }

    /** Server-side apply of every object of the YAML text. */
    void apply(String namespace, String yaml) {
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            ObjectNode object = JSON.valueToTree(document);
            String apiVersion = object.path("apiVersion").asText();
            int slash = apiVersion.indexOf('/');
            ResourceType type = ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash),
                    apiVersion.substring(slash + 1), object.path("kind").asText()).orElseThrow();
            String name = type.namespaced() ? object.at("/metadata/name").asText() : namespace;
            if (!type.namespaced()) {
                object.withObject("/metadata").put("name", namespace);
            }
            ApiResponse answer = send("PATCH", (slash < 0 ? "/api/" : "/apis/") + apiVersion
                    + (type.namespaced() ? "/namespaces/" + namespace : "") + "/" + type.plural() + "/" + name,
                    "fieldManager=traffic-lab&force=true", "application/apply-patch+yaml", object.toString());
            assertThat(answer.status()).as(() -> text(answer)).isIn(200, 201);
        }
    }

    void applyFile(String namespace, String manifest) {
        try {
            apply(namespace, Files.readString(Path.of("../manifests/traffic-weighting", manifest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restartDeployments(String namespace) {
        for (JsonNode deployment : get("/apis/apps/v1/namespaces/" + namespace + "/deployments").path("items")) {
            send("PATCH", "/apis/apps/v1/namespaces/" + namespace + "/deployments/" + deployment.at("/metadata/name")
                    .asText(), "",
                    "application/merge-patch+json",
                    "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"2026-01-01T00:00:00Z\"}}}}}");
        }
    }

    JsonNode get(String path) {
        ApiResponse answer = send("GET", path, "", "application/json", "");
        assertThat(answer.status()).as(path).isEqualTo(200);
        return json(text(answer));
    }

    ApiResponse send(String method, String path, String query, String contentType, String body) {
        return cluster.api()
                .handle(new ApiRequest(method, path, query, Map.of("content-type", List.of(contentType),
                        "accept",
                        List.of("application/json")), body.getBytes(StandardCharsets.UTF_8), new ApiRequest.Trusted()));
    }

    List<NotSupported> notSupported(String namespace) {
        return cluster.notSupported(namespace);
    }

    /** Any request, as whoever it says. */
    ApiResponse handle(ApiRequest request) {
        return cluster.api().handle(request);
    }

    /** Waits until so many pods of so many ready containers are there, and no other. */
    void awaitPods(String namespace, int count, int containers) {
        await().untilAsserted(() -> {
            JsonNode pods = get("/api/v1/namespaces/" + namespace + "/pods").path("items");
            assertThat(pods).hasSize(count)
                    .allSatisfy(pod -> assertThat(pod.at("/status/containerStatuses"))
                            .hasSize(containers)
                            .allMatch(status -> status.path("ready").asBoolean()));
        });
    }

    MeshAnswer fromOutside(String namespace, String path) {
        return cluster.send(namespace, new MeshRequest(new MeshRequest.FromOutside(80), "GET", "lab.example", path,
                Headers.none(), "192.0.2.7:40000", new byte[0]));
    }

    MeshAnswer fromPod(String namespace, String pod, String authority) {
        return cluster.send(namespace, new MeshRequest(new MeshRequest.FromPod(namespace, pod), "GET", authority, "/",
                Headers.none(), "10.1.1.1:40000", new byte[0]));
    }

    /** The tally, by the API server's service proxy. */
    JsonNode tally(String namespace) {
        return get("/api/v1/namespaces/" + namespace + "/services/logger-backend:http/proxy/");
    }

    EmbeddedCluster cluster() {
        return cluster;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(ApiResponse response) {
        return switch (response) {
            case ApiResponse.Complete complete -> new String(complete.body(), StandardCharsets.UTF_8);
            case ApiResponse.Streaming streaming -> throw new AssertionError("a stream was not expected: " + streaming);
        };
    }

    @Override
    public void close() {
        cluster.close();
    }
}

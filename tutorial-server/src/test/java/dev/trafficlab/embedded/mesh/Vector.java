package dev.trafficlab.embedded.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.demo.Headers;

/** One vector of vectors.yaml: objects, a request, and what must come of it. */
record Vector(ObjectNode json, JsonNode fixtures) {

    private static final byte[] NO_BODY = {};

    /** All of them: those of the specification, and those whose answers were recorded from the real mesh. */
    static List<Vector> all() {
        ObjectNode specified = read("/vectors.yaml");
        List<Vector> vectors = new ArrayList<>();
        for (ObjectNode root : List.of(specified, read("/vectors-recorded.yaml"))) {
            root.path("vectors")
                    .forEach(vector -> vectors.add(new Vector((ObjectNode) vector, specified.path("fixtures"))));
        }
        return vectors;
    }

    private static ObjectNode read(String resource) {
        try (InputStream file = Objects.requireNonNull(Vector.class.getResourceAsStream(resource))) {
            return Manifests.node(Manifests.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return json.path("id").asText();
    }

    JsonNode expect() {
        return json.path("expect");
    }

    boolean hasRequest() {
        return json.path("request").isObject();
    }

    boolean expects(String key) {
        return expect().has(key);
    }

    /** The name in test reports: what it is, and where it comes from. */
    @Override
    public String toString() {
        return id() + " ← " + String.join(", ", texts(json.path("source")));
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** A mesh with the vector's objects, and the pods behind it. */
    Lab lab(long seed) {
        Manifests manifests = new Manifests();
        json.path("uses").forEach(fixture -> manifests.add(fixtures.path(fixture.asText()).asText()));
        manifests.add(json.path("resources").asText());
        Map<String, Integer> replicas = new HashMap<>();
        json.path("scale").properties().forEach(entry -> replicas.put(entry.getKey(), entry.getValue().asInt()));
        Map<String, List<String>> ips = new HashMap<>();
        json.path("podIPs").properties().forEach(entry -> ips.put(entry.getKey(), texts(entry.getValue())));
        List<ObjectNode> objects = manifests
                .objects(new Manifests.PodPlan(replicas, ips, texts(json.path("notReady")), List.of()));
        FakePods pods = new FakePods(objects);
        json.path("appBehavior")
                .properties()
                .forEach(entry -> pods.behave(entry.getKey(),
                        new FakePods.Behavior(entry.getValue().path("status").asInt(200),
                                entry.getValue().path("delayMs").asLong(), entry.getValue()
                                        .path("refuse")
                                        .asBoolean())));
        IstioVersion version = json.has("istioVersion")
                ? IstioVersion.parse(json.path("istioVersion").asText())
                : IstioVersion.CURRENT;
        RandomGenerator dice = new SplittableRandom(seed);
        Mesh mesh = new Mesh(pods, dice, pods, new MeshSettings(version, pods, pods::mirror));
        mesh.update(objects);
        return new Lab(mesh, pods);
    }

    /** A mesh and its pods. */
    record Lab(Mesh mesh, FakePods pods) {}

    /** The request, changed as the golden entry says: another client, header, cookie or query. */
    MeshRequest request(JsonNode change) {
        JsonNode request = json.path("request");
        List<Headers.Field> fields = new ArrayList<>();
        for (JsonNode headers : List.of(request.path("headers"), change.path("headers"))) {
            headers.properties().forEach(header -> {
                if (header.getValue().isArray()) {
                    header.getValue().forEach(value -> fields.add(new Headers.Field(header.getKey(), value.asText())));
                } else {
                    fields.add(new Headers.Field(header.getKey(), header.getValue().asText()));
                }
            });
        }
        if (change.has("cookie")) {
            fields.add(new Headers.Field("cookie", change.path("cookie").asText()));
        }
        String ip = change.path("sourceIp").asText(request.path("sourceIp").asText("203.0.113.99"));
        String path = change.path("path").asText(request.path("path").asText());
        return new MeshRequest(new MeshRequest.FromOutside(request.path("port").asInt(80)),
                request.path("method").asText("GET"), request.path("host").asText(), path, new Headers(fields),
                ip + ":51234", NO_BODY);
    }
}

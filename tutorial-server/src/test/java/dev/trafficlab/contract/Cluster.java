package dev.trafficlab.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;

/** One of the two, spoken to over HTTP byte for byte alike. */
record Cluster(HttpClient http, URI address, Optional<String> token) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int CONFLICT = 409;
    private static final String NAMESPACE = "contract";
    private static final String STRICT = "?fieldValidation=Strict&fieldManager=contract";

    /** The ways in which a manifest is sent. */
    enum Way {
        /** POST, or PUT when something is there before. */
        CREATE,
        /** Server-side apply. */
        APPLY
    }

    /** What the manifest comes to, and the object as it is then kept. */
    record Outcome(Verdict verdict, JsonNode kept) {}

    void makeNamespace() {
        ObjectNode namespace = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", NAMESPACE);
        int code = send("POST", "/api/v1/namespaces", "application/json", namespace).statusCode();
        if (code != 201) {
            throw new IllegalStateException("no namespace: HTTP " + code);
        }
    }

    boolean has(String path) {
        return send("GET", path, "application/json", JsonNodeFactory.instance.objectNode()).statusCode() == 200;
    }

    /** Sends the manifest, and leaves nothing behind. */
    Outcome judge(Manifest manifest, Way way) {
        ObjectNode object = manifest.object().deepCopy();
        try {
            manifest.before().ifPresent(before -> {
                Outcome first = send(before.deepCopy(), way, false);
                if (!first.verdict().accepted()) {
                    throw new IllegalStateException(manifest + ": what is there before is itself refused: "
                            + first.verdict().message());
                }
            });
            return send(object, way, manifest.before().isPresent());
        } finally {
            send("DELETE", path(object), "application/json", JsonNodeFactory.instance.objectNode()
                    .put("gracePeriodSeconds",
                            0));
        }
    }

    private Outcome send(ObjectNode object, Way way, boolean replaces) {
        HttpResponse<String> answer = switch (way) {
            case APPLY -> {
                if (object.get("metadata") instanceof ObjectNode metadata) {
                    metadata.put("namespace", NAMESPACE);
                }
                yield send("PATCH", path(object) + STRICT + "&force=true", "application/apply-patch+yaml", object);
            }
            case CREATE -> replaces ? update(object)
                    : send("POST", collection(object) + STRICT, "application/json", object);
        };
        JsonNode body = json(answer.body());
        return new Outcome(Verdict.of(answer.statusCode(), body), body);
    }

    /** As a client does: when a controller was faster, it is done again to what is there now. */
    private HttpResponse<String> update(ObjectNode object) {
        HttpResponse<String> answer;
        do {
            object.withObject("/metadata").put("resourceVersion", version(object));
            answer = send("PUT", path(object) + STRICT, "application/json", object);
        } while (answer.statusCode() == CONFLICT);
        return answer;
    }

    private String version(ObjectNode object) {
        return json(send("GET", path(object), "application/json", JsonNodeFactory.instance.objectNode()).body())
                .at("/metadata/resourceVersion")
                .asText();
    }

    private static String path(ObjectNode object) {
        return collection(object) + "/" + object.at("/metadata/name").asText("nameless");
    }

    private static String collection(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        String kind = object.path("kind").asText();
        String plural = ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash
                + 1), kind).map(ResourceType::plural).orElse(kind.toLowerCase(java.util.Locale.ROOT) + "s");
        return (slash < 0 ? "/api/" : "/apis/") + apiVersion + "/namespaces/" + NAMESPACE + "/" + plural;
    }

    private HttpResponse<String> send(String method, String path, String type, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Accept",
                        "application/json")
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : body.toString()));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            return JsonNodeFactory.instance.objectNode().put("message", text);
        }
    }
}

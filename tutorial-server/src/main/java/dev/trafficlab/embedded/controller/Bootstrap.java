package dev.trafficlab.embedded.controller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.schema.CustomResourceDefinitions;
import dev.trafficlab.embedded.controller.pod.NodeObject;

/** What every cluster begins with: its node, the usual namespaces, and Istio with its ingress gateway. */
final class Bootstrap {

    private Bootstrap() {}

    /** Creates what is missing, and lets the node report its boot. */
    static void run(ObjectClient state, UUID boot, InstantSource clock) {
        if (state.find(Kind.NODE, "", NodeObject.NAME).isEmpty()) {
            state.create(Kind.NODE, NodeObject.object());
        }
        state.editStatus(Kind.NODE, state.find(Kind.NODE, "", NodeObject.NAME).orElseThrow(),
                status -> NodeObject.report(status, boot, clock));
        CustomResourceDefinitions.all().forEach(definition -> createIfMissing(state, definition));
        read().forEach(object -> createIfMissing(state, (ObjectNode) object));
    }

    private static void createIfMissing(ObjectClient state, ObjectNode object) {
        ResourceType type = type(object);
        JsonNode metadata = object.path("metadata");
        if (state.find(type, metadata.path("namespace").asText(), metadata.path("name").asText()).isEmpty()) {
            state.create(type, object);
        }
    }

    private static ResourceType type(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1),
                object.path("kind").asText()).orElseThrow();
    }

    private static JsonNode read() {
        try (InputStream objects = Bootstrap.class.getResourceAsStream("bootstrap.json")) {
            return new ObjectMapper().readTree(objects);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

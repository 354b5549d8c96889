package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Finding.ObjectName;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.ObjectMeta;

/** An object under analysis. */
record Subject(ObjectMeta meta, JsonNode json) {

    private static final int MOST = 100;

    static Subject of(JsonNode object) {
        return new Subject(ObjectMeta.of(object), object);
    }

    ObjectName title() {
        return new ObjectName(meta.kind(), meta.namespace(), meta.name());
    }

    String namespace() {
        return meta.namespace();
    }

    JsonNode spec() {
        return json.path("spec");
    }

    Map<String, String> labels() {
        return Json.textMap(json.path("metadata").path("labels"));
    }

    Map<String, String> annotations() {
        return Json.textMap(json.path("metadata").path("annotations"));
    }

    /** A Deployment's template for its pods. */
    JsonNode template() {
        return spec().path("template");
    }

    /** The labels that the template gives its pods. */
    Map<String, String> podLabels() {
        return Json.textMap(template().path("metadata").path("labels"));
    }

    /** So many items of a list are looked at: enough for people, and few enough to compare them with each other. */
    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).limit(MOST);
    }

    static List<String> texts(JsonNode node, String field) {
        return stream(node.path(field)).map(JsonNode::asText).toList();
    }
}

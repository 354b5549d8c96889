package dev.trafficlab.embedded.api.admission;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Values that are no scalars, as field errors show them: in the JSON that Go makes of the API server's own structures. */
final class GoJson {

    private GoJson() {}

    /** A map of strings, sorted. */
    static FieldErrors.Raw map(JsonNode labels) {
        if (labels.isMissingNode()) {
            return new FieldErrors.Raw("null");
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        labels.properties().forEach(label -> sorted.put(label.getKey(), label.getValue()));
        return new FieldErrors.Raw(sorted.entrySet()
                .stream()
                .map(label -> FieldErrors.quote(label.getKey()) + ":" + label.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    /** A label selector. */
    static FieldErrors.Raw selector(JsonNode selector) {
        String labels = selector.path("matchLabels").isEmpty() ? ""
                : "\"matchLabels\":" + map(selector.path("matchLabels"));
        String expressions = selector.path("matchExpressions")
                .valueStream()
                .map(GoJson::expression)
                .collect(Collectors.joining(",", "\"matchExpressions\":[", "]"));
        return new FieldErrors.Raw("{" + labels + (selector.path("matchExpressions").isEmpty() ? ""
                : (labels.isEmpty() ? "" : ",") + expressions) + "}");
    }

    private static String expression(JsonNode expression) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        ordered.put("key", expression.path("key").asText()).put("operator", expression.path("operator").asText());
        if (!expression.path("values").isEmpty()) {
            ordered.set("values", expression.get("values"));
        }
        return ordered.toString();
    }

    /** A Deployment's strategy. */
    static FieldErrors.Raw strategy(JsonNode strategy) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("Type", strategy.path("type").asText());
        JsonNode rolling = strategy.path("rollingUpdate");
        if (rolling.isObject()) {
            ObjectNode update = shown.putObject("RollingUpdate");
            update.set("MaxUnavailable", orZero(rolling.path("maxUnavailable")));
            update.set("MaxSurge", orZero(rolling.path("maxSurge")));
        } else {
            shown.putNull("RollingUpdate");
        }
        return new FieldErrors.Raw(shown.toString());
    }

    /** The parts of a Service's port by which two are told apart. */
    static FieldErrors.Raw servicePort(JsonNode port) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode()
                .put("Name", "")
                .put("Protocol", port.path("protocol").asText())
                .putNull("AppProtocol")
                .put("Port", port.path("port").asInt())
                .put("TargetPort", 0)
                .put("NodePort", 0);
        return new FieldErrors.Raw(shown.toString());
    }

    private static JsonNode orZero(JsonNode value) {
        return value.isMissingNode() ? JsonNodeFactory.instance.numberNode(0) : value;
    }
}

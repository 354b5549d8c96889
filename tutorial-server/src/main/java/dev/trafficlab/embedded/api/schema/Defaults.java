package dev.trafficlab.embedded.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** What Kubernetes fills in where a manifest is silent. */
final class Defaults {

    private Defaults() {}

    /** Fills in the defaults of the kind. */
    static void apply(ResourceType type, ObjectNode object) {
        if (type.custom()) {
            return;
        }
        switch (type.kind()) {
            case "Deployment" -> deployment(object);
            case "ReplicaSet" -> replicaSet(object);
            case "Pod" -> PodDefaults.ofPod(object);
            case "Service" -> ServiceDefaults.ofService(object);
            case "Namespace" -> namespace(object);
            case "EndpointSlice" -> object.path("ports").forEach(Defaults::endpointPort);
            case "Endpoints" -> object.path("subsets")
                    .forEach(subset -> subset.path("ports").forEach(port -> setText(port, "protocol", "TCP")));
            default -> {
            }
        }
    }

    private static void deployment(ObjectNode object) {
        if (!(object.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        setNumber(spec, "replicas", 1);
        ObjectNode strategy = child(spec, "strategy");
        setText(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = child(strategy, "rollingUpdate");
            setText(rolling, "maxUnavailable", "25%");
            setText(rolling, "maxSurge", "25%");
        }
        setNumber(spec, "revisionHistoryLimit", 10);
        setNumber(spec, "progressDeadlineSeconds", 600);
        PodDefaults.ofTemplate(spec.path("template"));
    }

    private static void replicaSet(ObjectNode object) {
        if (object.path("spec") instanceof ObjectNode spec) {
            setNumber(spec, "replicas", 1);
            PodDefaults.ofTemplate(spec.path("template"));
        }
    }

    private static void namespace(ObjectNode object) {
        String name = object.path("metadata").path("name").asText();
        if (!name.isEmpty()) {
            child(child(object, "metadata"), "labels").put("kubernetes.io/metadata.name", name);
        }
        ObjectNode spec = child(object, "spec");
        if (!spec.has("finalizers")) {
            spec.putArray("finalizers").add("kubernetes");
        }
    }

    private static void endpointPort(JsonNode port) {
        setText(port, "name", "");
        setText(port, "protocol", "TCP");
    }

    /** The object in the field, put there when the field is empty. */
    static ObjectNode child(ObjectNode parent, String field) {
        return parent.path(field) instanceof ObjectNode object ? object : parent.putObject(field);
    }

    /** Sets the field unless it holds something. */
    static void setText(JsonNode parent, String field, String value) {
        if (parent instanceof ObjectNode object && isUnset(object.path(field))) {
            object.put(field, value);
        }
    }

    /** Sets the field unless it holds something. */
    static void setNumber(JsonNode parent, String field, int value) {
        if (parent instanceof ObjectNode object && isAbsent(object.path(field))) {
            object.put(field, value);
        }
    }

    /** Sets the field unless it is there. */
    static void setBoolean(JsonNode parent, String field, boolean value) {
        if (parent instanceof ObjectNode object && isAbsent(object.path(field))) {
            object.put(field, value);
        }
    }

    /** Whether Go's decoder would leave the field nil. */
    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static boolean isUnset(JsonNode value) {
        return isAbsent(value) || (value.isTextual() && value.textValue().isEmpty());
    }
}

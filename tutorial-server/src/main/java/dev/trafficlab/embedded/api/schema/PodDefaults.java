package dev.trafficlab.embedded.api.schema;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static dev.trafficlab.embedded.api.schema.Defaults.child;
import static dev.trafficlab.embedded.api.schema.Defaults.setBoolean;
import static dev.trafficlab.embedded.api.schema.Defaults.setNumber;
import static dev.trafficlab.embedded.api.schema.Defaults.setText;

/** The defaults of pods and of the templates they are made from. */
final class PodDefaults {

    private static final int FILE_MODE = 0644;
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final Map<String, Integer> PROBE_NUMBERS = Map.of("timeoutSeconds", 1, "periodSeconds", 10,
            "successThreshold", 1, "failureThreshold", 3);
    private static final List<String> FILES = List.of("configMap", "secret", "projected", "downwardAPI");
    private static final List<String> EVICTIONS = List.of("node.kubernetes.io/not-ready",
            "node.kubernetes.io/unreachable");

    private PodDefaults() {}

    static void ofTemplate(JsonNode template) {
        if (template.path("spec") instanceof ObjectNode spec) {
            ofSpec(spec);
        }
    }

    /** A pod gets more than a template does: some of it by defaulting, some by the admission plugins of every cluster. */
    static void ofPod(ObjectNode pod) {
        if (!(pod.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        ofSpec(spec);
        setBoolean(spec, "enableServiceLinks", true);
        setText(spec, "serviceAccountName", "default");
        setText(spec, "serviceAccount", spec.path("serviceAccountName").asText());
        setText(spec, "preemptionPolicy", "PreemptLowerPriority");
        setNumber(spec, "priority", 0);
        if (!spec.has("tolerations")) {
            EVICTIONS.forEach(taint -> spec.withArray("tolerations")
                    .addObject()
                    .put("key", taint)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", 300));
        }
        requestsFromLimits(spec);
    }

    private static void ofSpec(ObjectNode spec) {
        setText(spec, "restartPolicy", "Always");
        setText(spec, "dnsPolicy", "ClusterFirst");
        setText(spec, "schedulerName", "default-scheduler");
        setNumber(spec, "terminationGracePeriodSeconds", 30);
        child(spec, "securityContext");
        spec.path("initContainers").forEach(PodDefaults::container);
        spec.path("containers").forEach(PodDefaults::container);
        spec.path("volumes").forEach(PodDefaults::volume);
    }

    private static void container(JsonNode node) {
        if (!(node instanceof ObjectNode container)) {
            return;
        }
        setText(container, "imagePullPolicy", isLatest(container.path("image").asText()) ? "Always" : "IfNotPresent");
        setText(container, "terminationMessagePath", "/dev/termination-log");
        setText(container, "terminationMessagePolicy", "File");
        child(container, "resources");
        container.path("ports").forEach(port -> setText(port, "protocol", "TCP"));
        container.path("env")
                .forEach(variable -> setText(variable.path("valueFrom").path("fieldRef"), "apiVersion", "v1"));
        PROBES.forEach(name -> probe(container.path(name)));
        container.path("lifecycle").forEach(PodDefaults::handler);
    }

    /** The tag is what follows the last colon of the last part of the name; a digest is as good as a tag. */
    private static boolean isLatest(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return !last.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
    }

    private static void probe(JsonNode probe) {
        PROBE_NUMBERS.forEach((field, value) -> setPositive(probe, field, value));
        handler(probe);
    }

    private static void handler(JsonNode handler) {
        setText(handler.path("httpGet"), "path", "/");
        setText(handler.path("httpGet"), "scheme", "HTTP");
        setText(handler.path("grpc"), "service", "");
    }

    private static void setPositive(JsonNode parent, String field, int value) {
        if (parent instanceof ObjectNode object && object.path(field).asInt(0) == 0) {
            object.put(field, value);
        }
    }

    private static void volume(JsonNode node) {
        if (!(node instanceof ObjectNode volume)) {
            return;
        }
        if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
        FILES.forEach(source -> setNumber(volume.path(source), "defaultMode", FILE_MODE));
        setText(volume.path("hostPath"), "type", "");
    }

    private static void requestsFromLimits(ObjectNode spec) {
        spec.path("containers").forEach(container -> {
            if (container.path("resources") instanceof ObjectNode resources
                    && resources.path("limits") instanceof ObjectNode limits) {
                ObjectNode requests = child(resources, "requests");
                limits.properties()
                        .stream()
                        .filter(limit -> !requests.has(limit.getKey()))
                        .forEach(limit -> requests.set(limit.getKey(), limit.getValue()));
            }
        });
    }
}

package dev.trafficlab.embedded.controller;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Istio's injector writes into a pod: the container {@code istio-proxy} and, before it, the init container {@code istio-init}.
 *
 * <p>Istio can also inject the proxy as a native sidecar, an init container that goes on running. We take the classic form, which the
 * course explains and which {@code kubectl get pod} shows among the containers; our istiod says so with
 * {@code ENABLE_NATIVE_SIDECARS=false}. READY counts two of two either way.
 */
final class Sidecar {

    /** The proxy's container. */
    static final String PROXY = "istio-proxy";

    private static final JsonNode PARTS = read();

    private Sidecar() {}

    /** Adds the sidecar to the pod, unless it has one. */
    static void addTo(ObjectNode pod) {
        ObjectNode spec = pod.withObjectProperty("spec");
        for (JsonNode container : spec.path("containers")) {
            if (container.path("name").asText().equals(PROXY)) {
                return;
            }
        }
        ObjectNode metadata = pod.withObjectProperty("metadata");
        label(metadata);
        annotate(metadata, spec);
        ObjectNode proxy = PARTS.path("container").deepCopy();
        identify(proxy, metadata, spec);
        spec.withArrayProperty("containers").add(proxy);
        spec.withArrayProperty("initContainers").insert(0, PARTS.path("initContainer").deepCopy());
        ArrayNode volumes = spec.withArrayProperty("volumes");
        PARTS.path("volumes").forEach(volume -> volumes.add(volume.deepCopy()));
    }

    private static void label(ObjectNode metadata) {
        ObjectNode labels = metadata.withObjectProperty("labels");
        Map<String, String> given = Resource.strings(labels);
        labels.put("security.istio.io/tlsMode", "istio");
        labels.put("service.istio.io/canonical-name", given.getOrDefault("app", app(metadata)));
        labels.put("service.istio.io/canonical-revision", given.getOrDefault("version", "latest"));
    }

    private static void annotate(ObjectNode metadata, ObjectNode spec) {
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        String first = spec.path("containers").path(0).path("name").asText();
        annotations.put("istio.io/rev", "default");
        putIfAbsent(annotations, "kubectl.kubernetes.io/default-container", first);
        putIfAbsent(annotations, "kubectl.kubernetes.io/default-logs-container", first);
        putIfAbsent(annotations, "prometheus.io/path", "/stats/prometheus");
        putIfAbsent(annotations, "prometheus.io/port", "15020");
        putIfAbsent(annotations, "prometheus.io/scrape", "true");
        annotations.put("sidecar.istio.io/status",
                "{\"initContainers\":[\"istio-init\"],\"containers\":[\"istio-proxy\"],"
                        + "\"volumes\":[\"workload-socket\",\"istio-envoy\",\"istio-data\",\"istio-podinfo\",\"istio-token\","
                        + "\"istiod-ca-cert\"],\"imagePullSecrets\":null,\"revision\":\"default\"}");
    }

    private static void putIfAbsent(ObjectNode annotations, String key, String value) {
        if (!annotations.has(key)) {
            annotations.put(key, value);
        }
    }

    /** What the proxy is told of the app beside it. */
    private static void identify(ObjectNode proxy, ObjectNode metadata, ObjectNode spec) {
        ArrayNode env = proxy.withArrayProperty("env");
        StringBuilder apps = new StringBuilder();
        for (JsonNode container : spec.path("containers")) {
            apps.append(apps.isEmpty() ? "" : ",").append(container.path("name").asText());
        }
        env.addObject().put("name", "ISTIO_META_APP_CONTAINERS").put("value", apps.toString());
        env.addObject().put("name", "ISTIO_META_WORKLOAD_NAME").put("value", app(metadata));
    }

    /** The workload: a Deployment's pods are named after it, a hash and a suffix. */
    private static String app(ObjectNode metadata) {
        JsonNode owner = metadata.path("ownerReferences").path(0);
        String hash = metadata.path("labels").path("pod-template-hash").asText();
        String set = owner.path("name").asText(metadata.path("name").asText());
        return !hash.isEmpty() && set.endsWith("-" + hash)
                ? set.substring(0, set.length() - hash.length() - 1)
                : set;
    }

    private static JsonNode read() {
        try (InputStream parts = Sidecar.class.getResourceAsStream("sidecar.json")) {
            return new ObjectMapper().readTree(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.trafficlab.embedded.controller.pod;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.patch.StrategicMergePatch;
import dev.trafficlab.embedded.api.schema.Schemas;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.Resource;

/**
 * What Istio's injector writes into a pod: the container {@code istio-proxy} and, before it, the init container {@code istio-init}.
 *
 * <p>Istio can also inject the proxy as a native sidecar, an init container that goes on running. We take the classic form, which the
 * course explains and which {@code kubectl get pod} shows among the containers; our istiod says so with
 * {@code ENABLE_NATIVE_SIDECARS=false}. READY counts two of two either way.
 */
public final class Sidecar {

    /** The proxy's container. */
    static final String PROXY = "istio-proxy";

    private static final String INIT = "istio-init";
    private static final String AUTO = "auto";

    private static final JsonNode PARTS = read();

    private Sidecar() {}

    /**
     * Adds the sidecar to the pod. Containers of Istio's that the pod has already are merged by name: what they say counts, but for the
     * image {@code auto}, which asks for the injector's. Istio: pkg/kube/inject/webhook.go, reapplyOverwrittenContainers. A proxy that
     * was written as a native sidecar takes the classic form here.
     */
    public static void addTo(ObjectNode pod) {
        ObjectNode spec = pod.withObjectProperty("spec");
        ObjectNode metadata = pod.withObjectProperty("metadata");
        ObjectNode proxy = merged(PARTS.path("container"), take(spec, PROXY));
        ObjectNode init = merged(PARTS.path("initContainer"), take(spec, INIT));
        label(metadata);
        annotate(metadata, spec);
        identify(proxy, metadata, spec);
        spec.withArrayProperty("containers").add(proxy);
        spec.withArrayProperty("initContainers").insert(0, init);
        ArrayNode volumes = spec.withArrayProperty("volumes");
        Set<String> there = new HashSet<>();
        volumes.forEach(volume -> there.add(volume.path("name").asText()));
        PARTS.path("volumes").forEach(volume -> {
            if (there.add(volume.path("name").asText())) {
                volumes.add(volume.deepCopy());
            }
        });
    }

    /** Takes the containers of the name out of the pod, wherever they stand. */
    private static List<ObjectNode> take(ObjectNode spec, String name) {
        List<ObjectNode> taken = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            Iterator<JsonNode> containers = spec.path(list).iterator();
            while (containers.hasNext()) {
                if (containers.next() instanceof ObjectNode container && container.path("name").asText().equals(name)) {
                    containers.remove();
                    taken.add(container);
                }
            }
        }
        return taken;
    }

    private static ObjectNode merged(JsonNode template, List<ObjectNode> own) {
        ObjectNode pod = podWith(template.deepCopy());
        for (ObjectNode container : own) {
            ObjectNode overlay = container.deepCopy();
            overlay.remove("restartPolicy");
            if (overlay.path("image").asText().equals(AUTO)) {
                overlay.remove("image");
            }
            pod = StrategicMergePatch.apply(Schemas.of(Kind.POD.type()), pod, podWith(overlay));
        }
        return (ObjectNode) pod.path("spec").path("containers").path(0);
    }

    private static ObjectNode podWith(JsonNode container) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.putObject("spec").putArray("containers").add(container);
        return pod;
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
        put(env, "ISTIO_META_APP_CONTAINERS", apps.toString());
        put(env, "ISTIO_META_WORKLOAD_NAME", app(metadata));
    }

    private static void put(ArrayNode env, String name, String value) {
        Iterator<JsonNode> variables = env.iterator();
        while (variables.hasNext()) {
            if (variables.next().path("name").asText().equals(name)) {
                variables.remove();
            }
        }
        env.addObject().put("name", name).put("value", value);
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

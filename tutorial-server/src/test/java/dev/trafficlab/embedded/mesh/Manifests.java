package dev.trafficlab.embedded.mesh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Kubernetes objects from YAML, as a cluster would hold them: namespaced, aged, Deployments with running pods. */
final class Manifests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

    static ObjectNode node(Object value) {
        return JSON.convertValue(value, ObjectNode.class);
    }

    static Object parse(String yaml) {
        return new Load(LoadSettings.builder().setMaxAliasesForCollections(1000).setCodePointLimit(10_000_000).build())
                .loadFromString(yaml);
    }

    /** Adds the documents; a later one of the same name replaces an earlier one. */
    Manifests add(String yaml) {
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document != null) {
                ObjectNode object = node(document);
                ObjectNode metadata = object.withObjectProperty("metadata");
                if (!metadata.has("namespace")) {
                    metadata.put("namespace", "default");
                }
                objects.put(key(object), object);
            }
        }
        return this;
    }

    private static String key(ObjectNode object) {
        return object.path("kind").asText() + "/" + object.path("metadata").path("namespace").asText() + "/"
                + object.path("metadata").path("name").asText();
    }

    /** All objects, aged by their order where they do not say their age; Deployments come with their pods. */
    List<ObjectNode> objects(PodPlan plan) {
        List<ObjectNode> all = new ArrayList<>();
        int age = 0;
        for (ObjectNode object : objects.values()) {
            ObjectNode metadata = object.withObjectProperty("metadata");
            if (!metadata.has("creationTimestamp")) {
                metadata.put("creationTimestamp", FIRST.plusSeconds(age).toString());
            }
            age++;
            all.add(object);
        }
        int deployment = 0;
        for (ObjectNode object : objects.values()) {
            if (object.path("kind").asText().equals("Deployment")) {
                all.addAll(pods(object, plan, deployment++));
            }
        }
        return all;
    }

    private static List<ObjectNode> pods(ObjectNode deployment, PodPlan plan, int index) {
        String name = deployment.path("metadata").path("name").asText();
        int replicas = plan.replicas().getOrDefault(name, deployment.path("spec").path("replicas").asInt(1));
        List<String> ips = plan.ips().getOrDefault(name, List.of());
        List<ObjectNode> pods = new ArrayList<>();
        for (int i = 0; i < replicas; i++) {
            ObjectNode pod = JSON.createObjectNode().put("kind", "Pod").put("apiVersion", "v1");
            ObjectNode template = (ObjectNode) deployment.path("spec").path("template");
            ObjectNode metadata = pod.putObject("metadata");
            metadata.put("name", name + "-" + i);
            metadata.put("namespace", deployment.path("metadata").path("namespace").asText());
            metadata.set("labels", template.path("metadata").path("labels"));
            pod.set("spec", template.path("spec").deepCopy());
            if (plan.injected().contains(name)) {
                pod.withObjectProperty("spec").withArrayProperty("containers").addObject().put("name", "istio-proxy");
            }
            ObjectNode status = pod.putObject("status");
            status.put("podIP", i < ips.size() ? ips.get(i) : "10.244." + index + "." + (i + 1));
            boolean ready = !plan.notReady().contains(name);
            status.putArray("conditions").addObject().put("type", "Ready").put("status", ready ? "True" : "False");
            pods.add(pod);
        }
        return pods;
    }

    /**
     * How Deployments become pods.
     *
     * @param replicas by Deployment, where it differs from the manifest
     * @param ips by Deployment, where they matter
     * @param notReady Deployments whose pods are not ready
     * @param injected Deployments whose pods have a sidecar
     */
    record PodPlan(Map<String, Integer> replicas, Map<String, List<String>> ips, List<String> notReady,
            List<String> injected) {

        static PodPlan asWritten() {
            return new PodPlan(Map.of(), Map.of(), List.of(), List.of());
        }
    }
}

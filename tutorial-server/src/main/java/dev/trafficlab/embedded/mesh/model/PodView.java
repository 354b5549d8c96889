package dev.trafficlab.embedded.mesh.model;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.balance.Endpoint;

/** A pod: its address, its labels, and whether it takes requests. */
public record PodView(ObjectMeta meta, String ip, Map<String, String> labels, boolean ready, boolean sidecar,
        Map<String, Integer> namedPorts) {

    public PodView {
        labels = Map.copyOf(labels);
        namedPorts = Map.copyOf(namedPorts);
    }

    public static PodView of(JsonNode pod) {
        JsonNode spec = pod.path("spec");
        JsonNode status = pod.path("status");
        boolean ready = false;
        for (JsonNode condition : status.path("conditions")) {
            if (Json.text(condition, "type").equals("Ready")) {
                ready = Json.text(condition, "status").equals("True");
            }
        }
        boolean sidecar = containers(spec).anyMatch(container -> Json.text(container, "name").equals("istio-proxy"));
        Map<String, Integer> ports = new java.util.HashMap<>();
        containers(spec).flatMap(container -> stream(container.path("ports")))
                .filter(port -> Json.has(port, "name"))
                .forEach(port -> ports.put(Json.text(port, "name"), port.path("containerPort").asInt()));
        return new PodView(ObjectMeta.of(pod), Json.text(status, "podIP"), Json.textMap(pod.path("metadata")
                .path("labels")),
                ready && !Json.has(pod.path("metadata"), "deletionTimestamp") && Json.has(status, "podIP"), sidecar,
                ports);
    }

    private static Stream<JsonNode> containers(JsonNode spec) {
        return Stream.concat(stream(spec.path("containers")), stream(spec.path("initContainers")));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    public boolean hasLabels(Map<String, String> wanted) {
        return Json.selects(wanted, labels);
    }

    /** The number of the port, which is a number already or one of its own names. */
    public OptionalInt port(String target) {
        if (!target.isEmpty() && target.chars().allMatch(Character::isDigit)) {
            return OptionalInt.of(Integer.parseInt(target));
        }
        Integer named = namedPorts.get(target);
        return named == null ? OptionalInt.empty() : OptionalInt.of(named);
    }

    public Endpoint endpoint(int port) {
        return new Endpoint(meta.namespace(), meta.name(), ip, port, ip + ":" + port, labels, sidecar);
    }
}

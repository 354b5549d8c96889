package dev.trafficlab.embedded.api.table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Deployments, ReplicaSets and the node they run on. */
final class WorkloadCells {

    private WorkloadCells() {}

    static List<Column> deployment() {
        return List.of(Column.named(),
                Column.string("Ready", it -> it.at("/status/readyReplicas").asInt() + "/" + it.at("/spec/replicas")
                        .asInt()),
                Column.integer("Up-to-date", it -> it.at("/status/updatedReplicas").asInt()),
                Column.integer("Available", it -> it.at("/status/availableReplicas").asInt()), Column.age(),
                containers(), images(), selector());
    }

    static List<Column> replicaSet() {
        return List.of(Column.named(), Column.integer("Desired", it -> it.at("/spec/replicas").asInt()),
                Column.integer("Current", it -> it.at("/status/replicas").asInt()),
                Column.integer("Ready", it -> it.at("/status/readyReplicas").asInt()), Column.age(), containers(),
                images(),
                selector());
    }

    static List<Column> node() {
        return List.of(Column.named(), Column.string("Status", WorkloadCells::nodeStatus),
                Column.string("Roles", WorkloadCells::nodeRoles), Column.age(),
                Column.string("Version", it -> it.at("/status/nodeInfo/kubeletVersion").asText()),
                Column.string("Internal-IP", it -> address(it, "InternalIP")).wide(),
                Column.string("External-IP", it -> address(it, "ExternalIP")).wide(),
                Column.string("OS-Image", it -> it.at("/status/nodeInfo/osImage").asText()).wide(),
                Column.string("Kernel-Version", it -> it.at("/status/nodeInfo/kernelVersion").asText()).wide(),
                Column.string("Container-Runtime", it -> it.at("/status/nodeInfo/containerRuntimeVersion").asText())
                        .wide());
    }

    /** A label selector as kubectl prints it: {@code app=shop,version=v1}. */
    static String labels(JsonNode labels) {
        String joined = labels.properties()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .sorted()
                .collect(Collectors.joining(","));
        return joined.isEmpty() ? "<none>" : joined;
    }

    private static Column containers() {
        return Column.string("Containers", it -> ofContainers(it, container -> container.path("name").asText())).wide();
    }

    private static Column images() {
        return Column.string("Images", it -> ofContainers(it, container -> container.path("image").asText())).wide();
    }

    private static Column selector() {
        return Column.string("Selector", it -> labels(it.at("/spec/selector/matchLabels"))).wide();
    }

    private static String ofContainers(JsonNode workload, Function<JsonNode, String> value) {
        return StreamSupport.stream(workload.at("/spec/template/spec/containers").spliterator(), false)
                .map(value)
                .collect(Collectors.joining(","));
    }

    private static String nodeStatus(JsonNode node) {
        for (JsonNode condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        return "Unknown";
    }

    private static String nodeRoles(JsonNode node) {
        String prefix = "node-role.kubernetes.io/";
        String roles = node.at("/metadata/labels")
                .properties()
                .stream()
                .map(label -> label.getKey())
                .filter(label -> label.startsWith(prefix))
                .map(label -> label.substring(prefix.length()))
                .sorted()
                .collect(Collectors.joining(","));
        return roles.isEmpty() ? "<none>" : roles;
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.at("/status/addresses")) {
            if (address.path("type").asText().equals(type)) {
                return address.path("address").asText();
            }
        }
        return "<none>";
    }
}

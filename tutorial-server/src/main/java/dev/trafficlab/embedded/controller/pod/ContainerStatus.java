package dev.trafficlab.embedded.controller.pod;

import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.GeneratedNames;
import dev.trafficlab.embedded.controller.Resource;

/** The entries of a pod's {@code containerStatuses}. */
public final class ContainerStatus {

    private ContainerStatus() {}

    static ObjectNode waiting(JsonNode container, JsonNode before, String reason, String message) {
        ObjectNode status = entry(container, before);
        ObjectNode waiting = status.putObject("state").putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return status.put("ready", false).put("started", false);
    }

    static ObjectNode running(JsonNode container, JsonNode before, String id, boolean ready, String now) {
        ObjectNode status = entry(container, before);
        status.putObject("state").putObject("running").put("startedAt", now);
        return status.put("ready", ready).put("started", true).put("containerID", id);
    }

    static ObjectNode completed(JsonNode container, JsonNode before, String id, String now) {
        ObjectNode status = entry(container, before);
        status.putObject("state").set("terminated", terminated(0, "Completed", "", id, now, now));
        return status.put("ready", true).put("started", false).put("containerID", id);
    }

    static ObjectNode terminated(int exitCode, String reason, String message, String id, String started, String ended) {
        ObjectNode terminated = JsonNodeFactory.instance.objectNode().put("exitCode", exitCode).put("reason", reason);
        if (!message.isEmpty()) {
            terminated.put("message", message);
        }
        return terminated.put("startedAt", started).put("finishedAt", ended).put("containerID", id);
    }

    private static ObjectNode entry(JsonNode container, JsonNode before) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        String image = container.path("image").asText();
        status.put("name", container.path("name").asText()).put("image", image).put("imageID", image);
        status.put("restartCount", before.path("restartCount").asInt());
        status.set("lastState", before.path("lastState").isObject()
                ? before.path("lastState").deepCopy()
                : JsonNodeFactory.instance.objectNode());
        if (before.has("containerID")) {
            status.put("containerID", before.path("containerID").asText());
        }
        return status;
    }

    /** The id of a container's run: another one after each restart, of the container or of the node. */
    static String id(UUID boot, Resource pod, JsonNode container, int restarts) {
        String text = boot + "/" + pod.uid() + "/" + container.path("name").asText() + "/" + container.path("image")
                .asText()
                + "/" + restarts;
        return "containerd://" + GeneratedNames.hex64(text);
    }

    static boolean isRunning(JsonNode status) {
        return status.path("state").has("running");
    }

    public static String waitingReason(JsonNode status) {
        return status.path("state").path("waiting").path("reason").asText();
    }

    static JsonNode of(JsonNode statuses, JsonNode container) {
        for (JsonNode status : statuses) {
            if (status.path("name").asText().equals(container.path("name").asText())) {
                return status;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }
}

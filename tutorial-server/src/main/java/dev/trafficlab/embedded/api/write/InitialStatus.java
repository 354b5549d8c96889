package dev.trafficlab.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** The status that the API server itself gives to a new object; controllers take it from there. */
public final class InitialStatus {

    private InitialStatus() {}

    public static void fill(ResourceType type, ObjectNode object) {
        switch (type.kind()) {
            case "Namespace" -> phase(object, "Active");
            case "Pod" -> phase(object, "Pending");
            case "Service" -> object.withObject("/status").withObject("/loadBalancer");
            default -> {
                // starts without a status
            }
        }
    }

    private static void phase(ObjectNode object, String phase) {
        ObjectNode status = object.withObject("/status");
        if (!status.has("phase")) {
            status.put("phase", phase);
        }
    }
}

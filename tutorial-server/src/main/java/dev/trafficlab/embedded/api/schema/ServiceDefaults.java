package dev.trafficlab.embedded.api.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static dev.trafficlab.embedded.api.schema.Defaults.child;
import static dev.trafficlab.embedded.api.schema.Defaults.setBoolean;
import static dev.trafficlab.embedded.api.schema.Defaults.setNumber;
import static dev.trafficlab.embedded.api.schema.Defaults.setText;

/** The defaults of a Service; its addresses are given by whoever owns the address range. */
final class ServiceDefaults {

    private static final int AFFINITY_SECONDS = 10800;

    private ServiceDefaults() {}

    static void ofService(ObjectNode service) {
        if (!(service.path("spec") instanceof ObjectNode spec)) {
            return;
        }
        setText(spec, "sessionAffinity", "None");
        if (spec.path("sessionAffinity").asText().equals("ClientIP")) {
            setNumber(child(child(spec, "sessionAffinityConfig"), "clientIP"), "timeoutSeconds", AFFINITY_SECONDS);
        }
        setText(spec, "type", "ClusterIP");
        spec.path("ports").forEach(ServiceDefaults::port);
        String type = spec.path("type").asText();
        if (type.equals("ExternalName")) {
            return;
        }
        setText(spec, "internalTrafficPolicy", "Cluster");
        setText(spec, "ipFamilyPolicy", "SingleStack");
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            setText(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            setBoolean(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void port(JsonNode port) {
        setText(port, "protocol", "TCP");
        JsonNode target = port.path("targetPort");
        boolean unset = Defaults.isAbsent(target) || target.asText().isEmpty() || target.asText().equals("0");
        if (port instanceof ObjectNode object && unset && object.has("port")) {
            object.set("targetPort", object.get("port"));
        }
    }
}

package dev.trafficlab.embedded.mesh.model;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A Sidecar object: what the sidecars of some pods get to know.
 *
 * @param selector labels of the pods; empty for all of the namespace (or of the mesh, in istio-system)
 * @param egressHosts {@code namespace/name} patterns; empty for everything
 * @param registryOnly whether unknown destinations are refused
 */
public record SidecarView(ObjectMeta meta, Map<String, String> selector, List<String> egressHosts,
        boolean registryOnly) {

    public static SidecarView of(JsonNode object, UnsupportedReport findings) {
        ObjectMeta meta = ObjectMeta.of(object);
        JsonNode spec = object.path("spec");
        if (Json.has(spec, "ingress")) {
            findings.notSupported(meta, "spec.ingress is not supported: it has no effect here.");
        }
        List<String> hosts = new java.util.ArrayList<>();
        for (JsonNode egress : spec.path("egress")) {
            if (Json.has(egress, "port") || Json.has(egress, "bind")) {
                findings.notSupported(meta,
                        "spec.egress with a port or bind is not supported: its hosts apply to every port.");
            }
            hosts.addAll(Json.texts(egress, "hosts"));
        }
        return new SidecarView(meta, Json.textMap(spec.path("workloadSelector").path("labels")), List.copyOf(hosts),
                Json.text(spec.path("outboundTrafficPolicy"), "mode").equals("REGISTRY_ONLY"));
    }

    /** Whether pods of the namespace may follow it: its own, or everybody where it is the mesh's default. */
    public boolean appliesTo(String namespace) {
        return meta.namespace().equals(namespace) || meta.namespace().equals("istio-system") && selector.isEmpty();
    }

    /** Whether sidecars in the namespace know the Service. */
    public boolean knows(ServiceView service, String own) {
        return egressHosts.isEmpty() || egressHosts.stream().anyMatch(pattern -> covers(pattern, service, own));
    }

    private static boolean covers(String pattern, ServiceView service, String own) {
        int slash = pattern.indexOf('/');
        String namespace = slash < 0 ? "*" : pattern.substring(0, slash);
        boolean place = switch (namespace) {
            case "*" -> true;
            case "." -> service.meta().namespace().equals(own);
            case "~" -> false;
            default -> service.meta().namespace().equals(namespace);
        };
        return place && HostNames.isWithin(service.host(), pattern.substring(slash + 1));
    }
}

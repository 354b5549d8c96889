package dev.trafficlab.lab.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.JsonPath;
import dev.trafficlab.lab.manifest.ManifestObject;

/**
 * Keeps a lab to itself on a cluster that several share. The host {@code *} of its Gateways becomes the lab's own host, open to routes of
 * the lab alone; routes and rules are exported to the lab and to the ingress gateway alone (Istio exports to the whole mesh unless told);
 * its pods get nothing of the node's.
 */
public final class TenantIsolation {

    private static final Set<String> ANY_HOST = Set.of("*", "*/*", "./*");
    private static final Set<String> NODE_NAMESPACES = Set.of("hostNetwork", "hostPID", "hostIPC");

    private final String labId;
    private final RealClusterSettings settings;

    public TenantIsolation(String labId, RealClusterSettings settings) {
        this.labId = labId;
        this.settings = settings;
    }

    /** Narrows the object down; what cannot be narrowed is a problem. */
    public void enclose(ManifestObject object, Map<String, Object> spec, List<Problem> problems) {
        List<String> refused = new ArrayList<>();
        switch (object.kind()) {
            case GATEWAY -> narrowHosts(spec, refused);
            case VIRTUAL_SERVICE, DESTINATION_RULE, SERVICE_ENTRY -> spec.put("exportTo",
                    List.of(".", settings.gatewayNamespace()));
            case DEPLOYMENT, POD -> judgePod(JsonPath.podSpec(object.kind(), spec), refused);
            case SERVICE -> judgeService(spec, refused);
            case NAMESPACE, SERVICE_ACCOUNT, CONFIG_MAP, REPLICA_SET, ENDPOINTS, ENDPOINT_SLICE, SIDECAR, EVENT -> {
            }
        }
        refused.forEach(message -> problems.add(new Problem(object.title(), message)));
    }

    private void narrowHosts(Map<String, Object> spec, List<String> refused) {
        String host = settings.host(labId);
        JsonPath.maps(spec.get("servers")).forEach(server -> {
            JsonPath.items(server.get("hosts"))
                    .map(String::valueOf)
                    .filter(wanted -> !isOwn(wanted, host))
                    .forEach(wanted -> refused.add("spec.servers.hosts: on this cluster other labs have hosts of their"
                            + " own, so \"" + wanted + "\" is not yours. Write \"*\", which stands for " + host
                            + " here."));
            if (server.containsKey("hosts")) {
                server.put("hosts", List.of("./" + host));
            }
        });
    }

    private static boolean isOwn(String wanted, String host) {
        return ANY_HOST.contains(wanted) || wanted.equals(host) || wanted.equals("./" + host);
    }

    private static void judgePod(Map<String, Object> pod, List<String> refused) {
        NODE_NAMESPACES.stream()
                .filter(field -> Boolean.TRUE.equals(pod.get(field)))
                .sorted()
                .forEach(field -> refused.add(field + ": a lab's pods cannot share anything with the node. Leave it"
                        + " out."));
        if (JsonPath.maps(pod.get("volumes")).anyMatch(volume -> volume.containsKey("hostPath"))) {
            refused.add("volumes.hostPath: a lab's pods cannot see the node's files. Use emptyDir.");
        }
        boolean mighty = Stream.of("containers", "initContainers")
                .flatMap(list -> JsonPath.maps(pod.get(list)))
                .map(container -> JsonPath.map(container.get("securityContext")))
                .anyMatch(context -> Boolean.TRUE.equals(context.get("privileged"))
                        || JsonPath.map(context.get("capabilities")).containsKey("add"));
        if (mighty) {
            refused.add("securityContext: a lab's containers cannot be privileged or add capabilities. Leave it out.");
        }
    }

    private static void judgeService(Map<String, Object> spec, List<String> refused) {
        if (spec.containsKey("externalIPs")) {
            refused.add("spec.externalIPs: a lab is reached through its ingress gateway alone. Leave it out.");
        }
        if (spec.get("externalName") instanceof String) {
            refused.add("spec.externalName: a lab's Services lead to the lab's own pods. Leave it out.");
        }
    }
}

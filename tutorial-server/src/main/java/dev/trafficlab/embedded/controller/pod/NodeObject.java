package dev.trafficlab.embedded.controller.pod;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Conditions;
import dev.trafficlab.embedded.controller.Conditions.Condition;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.Timestamps;

/** The one node of the cluster: this process. */
public final class NodeObject {

    public static final String NAME = "traffic-lab";
    public static final String IP = "172.18.0.2";

    private static final String VERSION = "v1.34.1";
    private static final Map<String, String> LABELS = Map.of("kubernetes.io/hostname", NAME, "kubernetes.io/os",
            "linux",
            "kubernetes.io/arch", "amd64", "node-role.kubernetes.io/control-plane", "");

    private NodeObject() {}

    /** Whether a pod with these wishes can be placed here. */
    static boolean suits(Resource pod) {
        return Resource.strings(pod.spec().path("nodeSelector"))
                .entrySet()
                .stream()
                .allMatch(wish -> wish.getValue().equals(LABELS.get(wish.getKey())));
    }

    public static ObjectNode object() {
        ObjectNode node = ObjectClient.draft(Kind.NODE, "", NAME);
        ObjectNode labels = node.withObjectProperty("metadata").putObject("labels");
        LABELS.forEach(labels::put);
        node.putObject("spec").put("podCIDR", "10.128.0.0/9").putArray("podCIDRs").add("10.128.0.0/9");
        return node;
    }

    /** What the node tells of itself after a start, a reboot to its pods. */
    public static void report(ObjectNode status, UUID boot, InstantSource clock) {
        String now = Timestamps.now(clock);
        Conditions.set(status, new Condition("MemoryPressure", "False", "KubeletHasSufficientMemory",
                "kubelet has sufficient memory available"), now);
        Conditions.set(status, new Condition("DiskPressure", "False", "KubeletHasNoDiskPressure",
                "kubelet has no disk pressure"), now);
        Conditions.set(status, new Condition("PIDPressure", "False", "KubeletHasSufficientPID",
                "kubelet has sufficient PID available"), now);
        Conditions.set(status, new Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"), now);
        for (JsonNode condition : status.path("conditions")) {
            ((ObjectNode) condition).put("lastHeartbeatTime", now);
        }
        status.putArray("addresses").add(address(status, "InternalIP", IP)).add(address(status, "Hostname", NAME));
        ObjectNode info = status.putObject("nodeInfo");
        info.put("bootID", boot.toString()).put("machineID", "").put("systemUUID", "");
        info.put("kernelVersion", System.getProperty("os.version")).put("osImage", System.getProperty("os.name"));
        info.put("operatingSystem", "linux").put("architecture", "amd64");
        info.put("containerRuntimeVersion", "java://" + Runtime.version().feature());
        info.put("kubeletVersion", VERSION).put("kubeProxyVersion", "");
        for (String amount : new String[]{"capacity", "allocatable"}) {
            status.putObject(amount)
                    .put("cpu", Integer.toString(Runtime.getRuntime().availableProcessors()))
                    .put("memory", Runtime.getRuntime().maxMemory() / 1024 + "Ki")
                    .put("pods", "1000000");
        }
    }

    private static ObjectNode address(ObjectNode factory, String type, String address) {
        return factory.objectNode().put("type", type).put("address", address);
    }
}

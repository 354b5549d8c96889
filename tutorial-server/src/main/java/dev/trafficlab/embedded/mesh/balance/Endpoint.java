package dev.trafficlab.embedded.mesh.balance;

import java.util.Map;

/**
 * One address that a Service offers.
 *
 * @param namespace the pod's namespace
 * @param pod the pod's name, empty when the address is no pod's
 * @param ip its IP
 * @param port its port
 * @param address both, as {@code ip:port}
 * @param labels the pod's labels
 * @param sidecar whether an istio-proxy answers for the pod
 */
public record Endpoint(String namespace, String pod, String ip, int port, String address, Map<String, String> labels,
        boolean sidecar) {}

package dev.trafficlab.embedded.mesh.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything compiled of one namespace's view. Immutable but for what clusters count.
 *
 * @param listeners the ingress gateway's, by the port of its Service
 * @param silence why nobody listens on other ports
 * @param gatewayAddress the gateway's own {@code ip:port}, for cookies
 * @param sidecars by namespace
 * @param pods by {@code namespace/name}
 * @param podsByIp by IP
 */
public record RouteTable(Map<Integer, Listener> listeners, String silence, String gatewayAddress,
        Map<String, SidecarTable> sidecars, Map<String, Pod> pods, Map<String, Pod> podsByIp) {

    /** Nothing was compiled yet. */
    public static final RouteTable EMPTY = new RouteTable(Map.of(),
            "There is no ingress gateway: istio-system has no Service istio-ingressgateway with running pods.", "",
            Map.of(), Map.of(), Map.of());

    public RouteTable {
        listeners = Map.copyOf(listeners);
        sidecars = Map.copyOf(sidecars);
        pods = Map.copyOf(pods);
        podsByIp = Map.copyOf(podsByIp);
    }

    /**
     * A port of the ingress gateway.
     *
     * @param port the Service's port
     * @param boundPort the port that the gateway's pod listens on
     * @param gateways the Gateway objects that opened it, {@code namespace/name}
     * @param refusal why it does not speak HTTP, empty when it does
     * @param hosts its virtual hosts
     * @param misses the VirtualServices, and why requests may not get to them
     */
    public record Listener(int port, int boundPort, List<String> gateways, String refusal, VirtualHosts hosts,
            List<NearMiss> misses) {

        public Listener {
            gateways = List.copyOf(gateways);
            misses = List.copyOf(misses);
        }
    }

    /**
     * A VirtualService that does not answer a request, and why.
     *
     * @param reason a sentence
     * @param bound whether it answers other requests at this port
     */
    public record NearMiss(String reason, boolean bound) {}

    /** A pod as the mesh sees it. */
    public record Pod(String namespace, String name, String ip, Map<String, String> labels, boolean sidecar) {}

    /** The pod of that name. */
    public Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(pods.get(namespace + "/" + name));
    }
}

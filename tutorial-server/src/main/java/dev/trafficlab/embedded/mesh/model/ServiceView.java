package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.balance.Endpoint;

/**
 * A Service, or one host of a ServiceEntry.
 *
 * @param host its full name
 * @param selector labels of its pods; empty when it has none
 * @param fixed its endpoints where it lists them itself, each for the port of that index
 */
public record ServiceView(ObjectMeta meta, String host, List<Port> ports, Map<String, String> selector,
        List<FixedEndpoint> fixed,
        List<String> addresses) {

    public ServiceView {
        ports = List.copyOf(ports);
        fixed = List.copyOf(fixed);
        addresses = List.copyOf(addresses);
    }

    /** A port: its number, the target's number or name, whether HTTP may pass, and whether proxies speak HTTP/2 to the pods. */
    public record Port(int number, String name, String target, boolean http, boolean http2) {}

    /** An endpoint that a ServiceEntry lists. */
    public record FixedEndpoint(String address, Map<String, String> labels, Map<String, Integer> ports) {}

    private static final java.util.Set<String> NOT_HTTP = java.util.Set.of("tcp", "tls", "https", "mongo", "redis",
            "mysql", "udp");
    private static final java.util.Set<String> HTTP2 = java.util.Set.of("http2", "grpc");
    private static final java.util.Set<Integer> TCP_PORTS = java.util.Set.of(25, 53, 3306, 27017);

    public static ServiceView of(JsonNode service) {
        ObjectMeta meta = ObjectMeta.of(service);
        JsonNode spec = service.path("spec");
        List<Port> ports = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            if (!Json.text(port, "protocol").equals("UDP")) {
                String target = Json.has(port, "targetPort") ? Json.text(port, "targetPort") : Json.text(port, "port");
                ports.add(port(port.path("port").asInt(), Json.text(port, "name"), target,
                        Json.text(port, "appProtocol")));
            }
        }
        return new ServiceView(meta, HostNames.ofService(meta.name(), meta.namespace()), ports,
                Json.textMap(spec.path("selector")), List.of(), List.of(Json.text(spec, "clusterIP")));
    }

    public static Port port(int number, String name, String target, String appProtocol) {
        String protocol = appProtocol.isEmpty() ? name.split("-", 2)[0] : appProtocol;
        boolean known = !protocol.isEmpty() && (NOT_HTTP.contains(protocol) || protocol.startsWith("http")
                || protocol.startsWith("grpc"));
        boolean http = known ? !NOT_HTTP.contains(protocol) : !TCP_PORTS.contains(number);
        return new Port(number, name, target, http, isHttp2(appProtocol.isEmpty() ? name : appProtocol));
    }

    /** Recorded from istiod API 1.31.4; Istio: pkg/config/kube/conversion.go. */
    private static boolean isHttp2(String protocol) {
        String lower = protocol.toLowerCase(Locale.ROOT);
        return lower.startsWith("grpc-web") || lower.equals("kubernetes.io/h2c")
                || HTTP2.contains(lower.split("-", 2)[0]);
    }

    public Optional<Port> port(int number) {
        return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** The ready endpoints behind the port. */
    public List<Endpoint> endpoints(Port port, List<PodView> pods) {
        if (selector.isEmpty()) {
            return fixed.stream().map(endpoint -> endpoint(port, endpoint, pods)).toList();
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (PodView pod : pods) {
            if (pod.ready() && pod.meta().namespace().equals(meta.namespace()) && pod.hasLabels(selector)) {
                OptionalInt target = pod.port(port.target());
                target.ifPresent(number -> endpoints.add(pod.endpoint(number)));
            }
        }
        return endpoints;
    }

    private static Endpoint endpoint(Port port, FixedEndpoint fixed, List<PodView> pods) {
        int number = fixed.ports().getOrDefault(port.name(), Integer.parseInt(port.target()));
        return pods.stream()
                .filter(pod -> pod.ip().equals(fixed.address()))
                .findFirst()
                .map(pod -> pod.endpoint(number))
                .orElseGet(() -> new Endpoint("", "", fixed.address(), number, fixed.address() + ":" + number,
                        Map.copyOf(fixed.labels()), false));
    }
}

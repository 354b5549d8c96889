package dev.trafficlab.embedded.analysis;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether the names of a Service's ports tell their protocol. Istio: analysis/analyzers/service/portname.go, config/kube/conversion.go. */
final class ServiceAnalyzer {

    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "grpc", "http", "http_proxy", "http2", "https",
            "tls", "hbone", "mongo", "redis", "mysql");
    private static final Set<String> APP_PROTOCOLS = Set.of("kubernetes.io/h2c", "kubernetes.io/ws",
            "kubernetes.io/wss");
    private static final Set<Integer> TCP_PORTS = Set.of(25, 53, 3306, 27017);
    private static final String GATEWAY_MANAGED = "gateway.istio.io/managed";

    private final Reporter reporter;

    ServiceAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        objects.of("Service")
                .filter(service -> !isControlPlane(service) && !service.labels().containsKey(GATEWAY_MANAGED))
                .forEach(service -> service.spec().path("ports").forEach(port -> port(service, port)));
    }

    /** By its namespace, or by the labels that Istio's charts give. */
    static boolean isControlPlane(Subject object) {
        return object.namespace().startsWith("kube-") || object.labels().containsKey("istio") || "istio".equals(object
                .labels()
                .get("release"));
    }

    private void port(Subject service, JsonNode port) {
        boolean external = Json.text(service.spec(), "type").equals("ExternalName");
        if (external && (!tellsProtocol(port) || Json.text(port, "name").equals("tcp"))) {
            reporter.report(FindingKind.EXTERNAL_NAME_PORT, service, Json.text(port, "name"));
        } else if (!tellsProtocol(port)) {
            reporter.report(FindingKind.PORT_NAME_WITHOUT_PROTOCOL, service, Json.text(port, "name"), Json.text(port,
                    "port"));
        }
    }

    private static boolean tellsProtocol(JsonNode port) {
        boolean named = Json.has(port, "appProtocol");
        String name = Json.text(port, named ? "appProtocol" : "name").toLowerCase(Locale.ROOT);
        boolean known = named && APP_PROTOCOLS.contains(name) || name.startsWith("grpc-web")
                || PROTOCOLS.contains(name.split("-", 2)[0]);
        return known || Json.text(port, "protocol").equals("UDP") || TCP_PORTS.contains(port.path("port").asInt());
    }
}

package dev.trafficlab.embedded.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.analysis.ObjectSet.PodLabels;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether a Gateway's pods and ports are there. Istio: analysis/analyzers/gateway. */
final class GatewayAnalyzer {

    private final Reporter reporter;

    GatewayAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        objects.of("Gateway").forEach(gateway -> {
            Map<String, String> selector = selector(gateway);
            List<PodLabels> pods = objects.selected(selector).toList();
            if (pods.isEmpty()) {
                reporter.report(FindingKind.SELECTOR_SELECTS_NOTHING, gateway, text(selector));
                return;
            }
            ports(objects, gateway, pods);
            credentials(objects, gateway, pods.getFirst().namespace());
        });
        objects.of("Gateway").forEach(gateway -> certificates(objects, gateway));
    }

    static Map<String, String> selector(Subject gateway) {
        return Json.textMap(gateway.spec().path("selector"));
    }

    static String text(Map<String, String> selector) {
        return selector.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    static Stream<JsonNode> servers(Subject gateway) {
        return Subject.stream(gateway.spec().path("servers"));
    }

    private void ports(ObjectSet objects, Subject gateway, List<PodLabels> pods) {
        Set<Integer> offered = new HashSet<>();
        objects.of("Service")
                .filter(service -> pods.stream()
                        .anyMatch(pod -> pod.namespace().equals(service.namespace())
                                && Json.selects(Json.textMap(service.spec().path("selector")), pod.labels())))
                .forEach(service -> service.spec().path("ports").forEach(port -> offer(port, offered)));
        servers(gateway).map(server -> server.path("port"))
                .filter(port -> !port.isMissingNode() && !offered.contains(port.path("number").asInt()))
                .forEach(port -> reporter.report(FindingKind.GATEWAY_PORT_NOT_IN_SERVICE, gateway,
                        Json.text(port, "number"), text(selector(gateway))));
    }

    /** A port is where its pods listen, and is found by its own number too. */
    private static void offer(JsonNode port, Set<Integer> offered) {
        String protocol = Json.text(port, "protocol");
        int target = port.path("targetPort").asInt(0);
        if (protocol.isEmpty() || protocol.equals("TCP")) {
            offered.add(port.path("port").asInt());
            if (target != 0) {
                offered.add(target);
            }
        }
    }

    private void credentials(ObjectSet objects, Subject gateway, String namespace) {
        servers(gateway).map(server -> Json.text(server.path("tls"), "credentialName"))
                .filter(name -> !name.isEmpty())
                .filter(name -> objects.find("Secret", ObjectSet.namespaceOf(name, namespace), ObjectSet.nameOf(name))
                        .isEmpty())
                .forEach(name -> reporter.report(FindingKind.CREDENTIAL_NOT_FOUND, gateway, name, namespace));
    }

    private void certificates(ObjectSet objects, Subject gateway) {
        Map<String, String> selector = selector(gateway);
        objects.of("Gateway")
                .filter(other -> !other.title().equals(gateway.title()))
                .filter(other -> Json.selects(selector, selector(other)))
                .filter(other -> servers(gateway).anyMatch(own -> servers(other).anyMatch(theirs -> sameCertificate(own
                        .path("tls"), theirs.path("tls")))))
                .forEach(other -> reporter.report(FindingKind.CERTIFICATE_USED_TWICE, gateway, gateway.meta().name(),
                        other.meta().name()));
    }

    private static boolean sameCertificate(JsonNode one, JsonNode other) {
        String name = Json.text(one, "credentialName");
        String certificate = Json.text(one, "serverCertificate");
        if (!name.isEmpty() || !Json.text(other, "credentialName").isEmpty()) {
            return name.equals(Json.text(other, "credentialName"));
        }
        return !certificate.isEmpty() && certificate.equals(Json.text(other, "serverCertificate"))
                && Json.text(one, "privateKey").equals(Json.text(other, "privateKey"));
    }
}

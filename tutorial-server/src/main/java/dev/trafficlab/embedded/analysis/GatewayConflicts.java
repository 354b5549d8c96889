package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** Gateways that open one port of the same pods for the same host. Istio: analysis/analyzers/gateway/conflictinggateway.go. */
final class GatewayConflicts {

    private final Reporter reporter;

    GatewayConflicts(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        List<Subject> gateways = objects.of("Gateway").toList();
        for (Subject gateway : gateways) {
            List<Subject> others = gateways.stream()
                    .filter(other -> !other.title().equals(gateway.title()) && haveCommonPods(objects, gateway, other))
                    .toList();
            GatewayAnalyzer.servers(gateway).forEach(server -> {
                List<String> inConflict = others.stream()
                        .filter(other -> GatewayAnalyzer.servers(other).anyMatch(theirs -> conflict(server, theirs)))
                        .map(other -> other.meta().key())
                        .sorted()
                        .toList();
                if (!inConflict.isEmpty()) {
                    reporter.report(FindingKind.GATEWAYS_CONFLICT, gateway, String.join(", ", inConflict),
                            Json.text(server.path("port"), "number"), String.join(", ", Subject.texts(server,
                                    "hosts")));
                }
            });
        }
    }

    private static boolean haveCommonPods(ObjectSet objects, Subject one, Subject other) {
        Map<String, String> own = GatewayAnalyzer.selector(one);
        Map<String, String> theirs = GatewayAnalyzer.selector(other);
        return own.equals(theirs) || (Json.selects(own, theirs) || Json.selects(theirs, own))
                && objects.selected(own).anyMatch(pod -> Json.selects(theirs, pod.labels()));
    }

    private static boolean conflict(JsonNode one, JsonNode other) {
        return one.path("port").path("number").asInt() == other.path("port").path("number").asInt()
                && Json.text(one, "bind").equals(Json.text(other, "bind"))
                && Subject.texts(one, "hosts").stream().anyMatch(Subject.texts(other, "hosts")::contains);
    }
}

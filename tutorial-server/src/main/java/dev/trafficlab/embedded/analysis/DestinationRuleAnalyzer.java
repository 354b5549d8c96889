package dev.trafficlab.embedded.analysis;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.analysis.KnownHosts.KnownHost;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether a DestinationRule's host and subsets are there, and whether TLS verifies. Istio: analysis/analyzers/destinationrule. */
final class DestinationRuleAnalyzer {

    private static final Set<String> VERIFYING = Set.of("SIMPLE", "MUTUAL");

    private final Reporter reporter;
    private final KnownHosts hosts;

    DestinationRuleAnalyzer(Reporter reporter, KnownHosts hosts) {
        this.reporter = reporter;
        this.hosts = hosts;
    }

    void analyze(ObjectSet objects) {
        objects.of("DestinationRule").forEach(rule -> {
            String host = Json.text(rule.spec(), "host");
            Optional<KnownHost> known = hosts.find(host, rule.namespace(), Subject.texts(rule.spec(), "exportTo"));
            if (known.isEmpty()) {
                reporter.report(FindingKind.RULE_FOR_UNKNOWN_HOST, rule, host, String.join(", ", hosts.names(rule
                        .namespace())));
            } else {
                rule.spec().path("subsets").forEach(subset -> subset(objects, rule, known.get(), subset));
            }
            certificates(rule, host);
        });
    }

    private void subset(ObjectSet objects, Subject rule, KnownHost host, JsonNode subset) {
        Map<String, String> labels = new HashMap<>(host.selector());
        labels.putAll(Json.textMap(subset.path("labels")));
        if (objects.selected(labels).findAny().isEmpty()) {
            reporter.report(FindingKind.SUBSET_WITHOUT_PODS, rule, Json.text(subset, "name"), GatewayAnalyzer.text(
                    labels));
        }
    }

    private void certificates(Subject rule, String host) {
        JsonNode policy = rule.spec().path("trafficPolicy");
        boolean selecting = Json.has(rule.spec(), "workloadSelector");
        if (isUnverified(policy.path("tls"), selecting)) {
            reporter.report(FindingKind.SERVER_NOT_VERIFIED, rule, host, Json.text(policy.path("tls"), "mode"));
        }
        policy.path("portLevelSettings").forEach(port -> {
            if (isUnverified(port.path("tls"), selecting)) {
                reporter.report(FindingKind.SERVER_NOT_VERIFIED_AT_PORT, rule, host, Json.text(port.path("tls"),
                        "mode"),
                        Json.text(port.path("port"), "number"));
            }
        });
    }

    private static boolean isUnverified(JsonNode tls, boolean selecting) {
        return VERIFYING.contains(Json.text(tls, "mode")) && Json.text(tls, "caCertificates").isEmpty()
                && !(selecting && !Json.text(tls, "credentialName").isEmpty());
    }
}

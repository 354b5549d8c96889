package dev.trafficlab.embedded.analysis;

import java.util.List;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook.Verdict;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook.Warning;

/** What Istio's webhook says of each of its objects. Istio: analysis/analyzers/schema. */
final class SchemaAnalyzer {

    private static final List<String> KINDS = List.of("Gateway", "VirtualService", "DestinationRule", "ServiceEntry",
            "Sidecar");

    private final Reporter reporter;

    SchemaAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        KINDS.forEach(kind -> objects.of(kind).forEach(object -> {
            Verdict verdict = IstioWebhook.review(kind, object.json());
            verdict.errors().forEach(error -> reporter.report(FindingKind.INVALID, object, error));
            verdict.remarks().forEach(warning -> reporter.report(kind(warning), object, warning.text()));
        }));
    }

    private static FindingKind kind(Warning warning) {
        return switch (warning.about()) {
            case UNREACHABLE_RULE -> FindingKind.RULE_UNREACHABLE;
            case INEFFECTIVE_MATCH -> FindingKind.MATCH_INEFFECTIVE;
            case OTHER -> FindingKind.DOUBTFUL;
        };
    }
}

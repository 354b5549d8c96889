package dev.trafficlab.embedded.analysis;

import java.util.HashMap;
import java.util.Map;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** What {@code istioctl} does not look at: Services that no pod stands behind, and labels that stand on a Deployment and not on its pods. */
final class SelectionAnalyzer {

    private final Reporter reporter;

    SelectionAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        objects.of("Service").forEach(service -> {
            Map<String, String> selector = Json.textMap(service.spec().path("selector"));
            if (!selector.isEmpty() && !isServed(objects, service, selector)) {
                reporter.report(FindingKind.SERVICE_WITHOUT_PODS, service, GatewayAnalyzer.text(selector));
                misplaced(objects, service.namespace(), selector);
            }
        });
        objects.of("DestinationRule").forEach(rule -> rule.spec().path("subsets").forEach(subset -> {
            Map<String, String> labels = Json.textMap(subset.path("labels"));
            if (objects.selected(labels).findAny().isEmpty()) {
                misplaced(objects, rule.namespace(), labels);
            }
        }));
    }

    private static boolean isServed(ObjectSet objects, Subject service, Map<String, String> selector) {
        return objects.selected(selector).anyMatch(pod -> pod.namespace().equals(service.namespace()));
    }

    /** Deployments of the namespace that carry the labels on themselves, where selectors of pods do not look. */
    private void misplaced(ObjectSet objects, String namespace, Map<String, String> labels) {
        objects.of("Deployment")
                .filter(deployment -> deployment.namespace().equals(namespace) && !labels.isEmpty())
                .filter(deployment -> Json.selects(labels, withOwn(deployment)) && !Json.selects(labels, deployment
                        .podLabels()))
                .forEach(deployment -> reporter.report(FindingKind.LABEL_NOT_ON_PODS, deployment, GatewayAnalyzer.text(
                        labels)));
    }

    private static Map<String, String> withOwn(Subject deployment) {
        Map<String, String> labels = new HashMap<>(deployment.podLabels());
        labels.putAll(deployment.labels());
        return labels;
    }
}

package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.analysis.ObjectSet.PodLabels;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether each pod has one Sidecar object at most. Istio: analysis/analyzers/sidecar. */
final class SidecarAnalyzer {

    private final Reporter reporter;

    SidecarAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        List<Subject> all = objects.of("Sidecar").toList();
        for (Subject sidecar : all) {
            List<Subject> others = all.stream()
                    .filter(other -> other.namespace().equals(sidecar.namespace()) && !other.title()
                            .equals(sidecar
                                    .title()))
                    .toList();
            if (selector(sidecar).isEmpty()) {
                alone(sidecar, others);
            } else {
                pods(objects, sidecar, others);
            }
            if (Json.has(sidecar.spec().path("outboundTrafficPolicy"), "egressProxy")) {
                reporter.report(FindingKind.DEPRECATED_FIELD, sidecar, "outboundTrafficPolicy.egressProxy", "");
            }
        }
    }

    private static Map<String, String> selector(Subject sidecar) {
        return Json.textMap(sidecar.spec().path("workloadSelector").path("labels"));
    }

    private void alone(Subject sidecar, List<Subject> others) {
        String without = others.stream()
                .filter(other -> selector(other).isEmpty())
                .map(other -> other.meta().name())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            reporter.report(FindingKind.SIDECARS_WITHOUT_SELECTOR, sidecar, without);
        }
    }

    private void pods(ObjectSet objects, Subject sidecar, List<Subject> others) {
        List<PodLabels> selected = objects.selected(selector(sidecar))
                .filter(pod -> pod.namespace().equals(sidecar.namespace()))
                .toList();
        if (selected.isEmpty()) {
            reporter.report(FindingKind.SELECTOR_SELECTS_NOTHING, sidecar, GatewayAnalyzer.text(selector(sidecar)));
        }
        for (Subject other : others) {
            selected.stream()
                    .filter(pod -> !selector(other).isEmpty() && Json.selects(selector(other), pod.labels()))
                    .findFirst()
                    .ifPresent(pod -> reporter.report(FindingKind.SIDECARS_SELECT_ONE_POD, sidecar, other.meta().name(),
                            pod.name()));
        }
    }
}

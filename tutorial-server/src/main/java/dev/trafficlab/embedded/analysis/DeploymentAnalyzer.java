package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether the Services of a Deployment in the mesh agree on its ports. Istio: analysis/analyzers/deployment/services.go. */
final class DeploymentAnalyzer {

    private static final String INJECT = "sidecar.istio.io/inject";

    private final Reporter reporter;

    DeploymentAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    /** One port of a Service. */
    private record ServicePort(String service, JsonNode port) {

        String number() {
            return Json.text(port, "port");
        }

        String protocol() {
            return Json.has(port, "protocol") ? Json.text(port, "protocol") : "TCP";
        }

        String target() {
            String target = Json.text(port, "targetPort");
            return target.isEmpty() || target.equals("0") ? number() : target;
        }
    }

    void analyze(ObjectSet objects) {
        objects.of("Deployment").filter(deployment -> isInMesh(objects, deployment)).forEach(deployment -> {
            List<ServicePort> ports = objects.of("Service")
                    .filter(service -> service.namespace().equals(deployment.namespace()) && selects(service,
                            deployment))
                    .flatMap(service -> Subject.stream(service.spec().path("ports"))
                            .map(port -> new ServicePort(service.meta().name(), port)))
                    .toList();
            compare(deployment, ports, ServicePort::number, ServicePort::protocol,
                    FindingKind.SERVICES_DISAGREE_ON_PROTOCOL);
            compare(deployment, ports, ServicePort::target, ServicePort::number,
                    FindingKind.SERVICES_DISAGREE_ON_PORT);
        });
    }

    private static boolean selects(Subject service, Subject deployment) {
        Map<String, String> selector = Json.textMap(service.spec().path("selector"));
        return !selector.isEmpty() && Json.selects(selector, deployment.podLabels());
    }

    private static boolean isInMesh(ObjectSet objects, Subject deployment) {
        if (InjectionAnalyzer.proxyImage(deployment.template().path("spec")).isPresent()) {
            return true;
        }
        JsonNode metadata = deployment.template().path("metadata");
        for (String place : List.of("labels", "annotations")) {
            if (Json.has(metadata.path(place), INJECT)) {
                return Json.text(metadata.path(place), INJECT).equals("true");
            }
        }
        return "enabled".equals(objects.namespaceLabels(deployment.namespace()).get("istio-injection"));
    }

    private void compare(Subject deployment, List<ServicePort> ports, Function<ServicePort, String> by,
            Function<ServicePort, String> what, FindingKind kind) {
        Map<String, TreeSet<String>> values = new TreeMap<>();
        Map<String, TreeSet<String>> services = new TreeMap<>();
        for (ServicePort port : ports) {
            values.computeIfAbsent(by.apply(port), _ -> new TreeSet<>()).add(what.apply(port));
            services.computeIfAbsent(by.apply(port), _ -> new TreeSet<>()).add(port.service());
        }
        values.forEach((port, found) -> {
            if (found.size() > 1) {
                reporter.report(kind, deployment, port, String.join(", ", found), String.join(", ", services.get(
                        port)));
            }
        });
    }
}

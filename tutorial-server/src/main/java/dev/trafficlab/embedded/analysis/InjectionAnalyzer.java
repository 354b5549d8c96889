package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether pods get their proxy. Istio: analysis/analyzers/injection and deployment/pod.go. */
final class InjectionAnalyzer {

    private static final String SYSTEM = "istio-system";
    private static final String SWITCH = "istio-injection";
    private static final String REVISION = "istio.io/rev";
    private static final String MODE = "istio.io/dataplane-mode";
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String PROXY = "istio-proxy";
    private static final int PROXY_UID = 1337;

    private final Reporter reporter;

    InjectionAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        objects.of("Namespace")
                .filter(namespace -> !namespace.meta().name().equals(SYSTEM) && !namespace.meta()
                        .name()
                        .startsWith("kube-"))
                .forEach(this::namespace);
        objects.of("Pod").forEach(pod -> pod(objects, pod));
        objects.of("Deployment").forEach(deployment -> deployment(objects, deployment));
    }

    private void namespace(Subject namespace) {
        Map<String, String> labels = namespace.labels();
        boolean off = labels.containsKey(SWITCH) && !"enabled".equals(labels.get(SWITCH));
        List<String> all = Stream.of(SWITCH, REVISION, MODE)
                .filter(labels::containsKey)
                .filter(label -> label.equals(SWITCH) || !off)
                .map(label -> label + "=" + labels.get(label))
                .toList();
        if (all.size() > 1) {
            reporter.report(FindingKind.SEVERAL_INJECTION_LABELS, namespace, String.join(", ", all));
        }
        boolean ambient = "ambient".equals(labels.get(MODE));
        if (!ambient && labels.getOrDefault(SWITCH, "").isEmpty() && !labels.containsKey(REVISION)) {
            reporter.report(FindingKind.NAMESPACE_NOT_INJECTED, namespace, namespace.meta().name());
        }
    }

    private void pod(ObjectSet objects, Subject pod) {
        Map<String, String> namespace = objects.namespaceLabels(pod.namespace());
        boolean injected = "enabled".equals(namespace.get(SWITCH)) && !"ambient".equals(namespace.get(MODE));
        String word = pod.labels().getOrDefault(INJECT, pod.annotations().getOrDefault(INJECT, ""));
        JsonNode spec = pod.spec();
        if (injected && !pod.namespace().equals(SYSTEM) && !word.equalsIgnoreCase("false")
                && !spec.path("hostNetwork").asBoolean() && proxyImage(spec).isEmpty()) {
            reporter.report(FindingKind.POD_WITHOUT_PROXY, pod, pod.meta().name());
        }
        if (hasAutoImage(spec)) {
            reporter.report(FindingKind.IMAGE_AUTO_NOT_INJECTED, pod);
        }
        uid(pod, spec);
    }

    private void deployment(ObjectSet objects, Subject deployment) {
        JsonNode spec = deployment.template().path("spec");
        if (hasAutoImage(spec) && !isInjected(objects, deployment)) {
            reporter.report(FindingKind.IMAGE_AUTO_NEVER_INJECTED, deployment);
        }
        uid(deployment, spec);
    }

    private static boolean isInjected(ObjectSet objects, Subject deployment) {
        Map<String, String> namespace = objects.namespaceLabels(deployment.namespace());
        String word = deployment.podLabels().getOrDefault(INJECT, "");
        if (word.equals("false")) {
            return false;
        }
        return namespace.containsKey(SWITCH) ? "enabled".equals(namespace.get(SWITCH))
                : namespace.containsKey(REVISION) || word.equals("true");
    }

    private static Stream<JsonNode> containers(JsonNode spec) {
        return Subject.stream(spec.path("containers"));
    }

    /** The image of the proxy that the pod already has. */
    static Optional<String> proxyImage(JsonNode spec) {
        return Stream.concat(containers(spec), Subject.stream(spec.path("initContainers")))
                .filter(container -> Json.text(container, "name").equals(PROXY))
                .map(container -> Json.text(container, "image"))
                .filter(image -> !image.isEmpty())
                .findFirst();
    }

    private static boolean hasAutoImage(JsonNode spec) {
        return containers(spec).anyMatch(container -> Json.text(container, "name").equals(PROXY)
                && Json.text(container, "image").equals("auto"));
    }

    private void uid(Subject object, JsonNode spec) {
        String containers = containers(spec)
                .filter(container -> !Json.text(container, "name").equals(PROXY) && hasProxyUid(container))
                .map(container -> Json.text(container, "name"))
                .collect(Collectors.joining(", "));
        if (!ServiceAnalyzer.isControlPlane(object) && (hasProxyUid(spec) || !containers.isEmpty())) {
            reporter.report(FindingKind.PROXY_UID, object, containers);
        }
    }

    private static boolean hasProxyUid(JsonNode spec) {
        return spec.path("securityContext").path("runAsUser").asInt(-1) == PROXY_UID;
    }
}

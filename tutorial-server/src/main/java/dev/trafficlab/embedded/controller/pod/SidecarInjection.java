package dev.trafficlab.embedded.controller.pod;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.controller.Resource;

/**
 * Whether Istio's webhook adds a sidecar to a new pod: first the four selectors of its webhook configuration, then what the injector
 * itself looks at.
 */
public final class SidecarInjection {

    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String REVISION = "istio.io/rev";
    private static final String NAMESPACE_SWITCH = "istio-injection";
    private static final Set<String> NEVER = Set.of("kube-system", "kube-public", "kube-node-lease",
            "local-path-storage");
    private static final Set<String> YES = Set.of("y", "yes", "true", "on");

    private SidecarInjection() {}

    public static boolean isDue(String namespace, Map<String, String> namespaceLabels, JsonNode pod) {
        Map<String, String> labels = Resource.strings(pod.path("metadata").path("labels"));
        Map<String, String> annotations = Resource.strings(pod.path("metadata").path("annotations"));
        return isWebhookCalled(namespaceLabels, labels) && !NEVER.contains(namespace)
                && !pod.path("spec").path("hostNetwork").asBoolean() && isWanted(labels, annotations);
    }

    private static boolean isWebhookCalled(Map<String, String> namespace, Map<String, String> pod) {
        if ("false".equals(pod.get(INJECT))) {
            return false;
        }
        if (namespace.containsKey(NAMESPACE_SWITCH)) {
            return "enabled".equals(namespace.get(NAMESPACE_SWITCH));
        }
        if (namespace.containsKey(REVISION)) {
            return "default".equals(namespace.get(REVISION));
        }
        return pod.containsKey(REVISION)
                ? "default".equals(pod.get(REVISION))
                : "true".equals(pod.get(INJECT));
    }

    /** The pod's own word, its label before its annotation; the injector's policy is to inject where there is none. */
    private static boolean isWanted(Map<String, String> labels, Map<String, String> annotations) {
        String word = labels.getOrDefault(INJECT, annotations.getOrDefault(INJECT, ""));
        return word.isEmpty() || YES.contains(word.toLowerCase(java.util.Locale.ROOT));
    }
}

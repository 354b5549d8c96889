package dev.trafficlab.inventory;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.trafficlab.inventory.Topology.Pods;

/** What Deployments and their pods say of themselves. */
final class Workloads {

    private static final String SIDECAR = "istio-proxy";

    private Workloads() {}

    static Map<String, String> podLabels(Item deployment) {
        return deployment.spec().at("template", "metadata", "labels").labels();
    }

    /** Whether one of its containers runs the image, whatever registry and tag it has. */
    static boolean runs(Item deployment, String image) {
        Pattern named = Pattern.compile("(.*/)?" + Pattern.quote(image) + "(:[^/]*)?(@.*)?");
        return !image.isEmpty() && deployment.spec()
                .at("template", "spec", "containers")
                .list()
                .stream()
                .anyMatch(container -> named.matcher(container.at("image").text()).matches());
    }

    static boolean matches(Map<String, String> labels, Map<String, String> selector) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    static Pods pods(Item deployment, List<Item> pods) {
        Map<String, String> selector = deployment.spec().at("selector", "matchLabels").labels();
        List<Item> own = pods.stream().filter(pod -> !pod.isBeingRemoved() && matches(pod.labels(), selector)).toList();
        return new Pods(deployment.spec().at("replicas").number(1), (int) own.stream().filter(Workloads::ready).count(),
                (int) own.stream().filter(Workloads::hasSidecar).count());
    }

    static boolean ready(Item pod) {
        return pod.status()
                .at("conditions")
                .list()
                .stream()
                .anyMatch(condition -> condition.at("type")
                        .text()
                        .equals("Ready") && condition.at("status").text().equals("True"));
    }

    private static boolean hasSidecar(Item pod) {
        return List.of("containers", "initContainers")
                .stream()
                .flatMap(list -> pod.spec().at(list).list().stream())
                .anyMatch(container -> container.at("name").text().equals(SIDECAR));
    }
}

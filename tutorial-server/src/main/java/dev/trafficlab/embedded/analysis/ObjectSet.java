package dev.trafficlab.embedded.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.Json;

/** All objects of an analysis, by kind. */
final class ObjectSet {

    /** So many of a kind are looked at. */
    private static final int MOST = 200;

    /** A pod, or one that a Deployment is about to make, as selectors see it. */
    record PodLabels(String namespace, String name, Map<String, String> labels) {}

    private final Map<String, List<Subject>> byKind = new LinkedHashMap<>();
    private final List<PodLabels> pods = new ArrayList<>();

    /** @param expecting whether pods count that Deployments ask for and that are not there yet */
    ObjectSet(Collection<? extends JsonNode> objects, boolean expecting) {
        objects.forEach(this::add);
        of("Pod").forEach(pod -> pods.add(new PodLabels(pod.namespace(), pod.meta().name(), pod.labels())));
        if (expecting) {
            of("Deployment").filter(this::isBehind)
                    .forEach(deployment -> pods.add(new PodLabels(deployment.namespace(), deployment.meta().name(),
                            deployment.podLabels())));
        }
    }

    private void add(JsonNode object) {
        String kind = Json.text(object, "kind");
        boolean gatewayApi = Json.text(object, "apiVersion").startsWith("gateway.networking.k8s.io/");
        byKind.computeIfAbsent(gatewayApi ? "gateway-api/" + kind : kind, _ -> new ArrayList<>())
                .add(Subject.of(object));
    }

    /** Whether the Deployment wants pods of its template and has none so far. */
    private boolean isBehind(Subject deployment) {
        boolean wanted = deployment.spec().path("replicas").asInt(1) > 0;
        return wanted && pods.stream()
                .noneMatch(pod -> pod.namespace().equals(deployment.namespace())
                        && Json.selects(deployment.podLabels(), pod.labels()));
    }

    Stream<Subject> of(String kind) {
        return byKind.getOrDefault(kind, List.of()).stream().limit(MOST);
    }

    Optional<Subject> find(String kind, String namespace, String name) {
        return of(kind).filter(object -> object.namespace().equals(namespace) && object.meta().name().equals(name))
                .findFirst();
    }

    /** The Gateway that a VirtualService of the namespace calls so. */
    Optional<Subject> gateway(String reference, String namespace) {
        return find("Gateway", namespaceOf(reference, namespace), nameOf(reference));
    }

    static String namespaceOf(String reference, String otherwise) {
        int slash = reference.indexOf('/');
        return slash < 0 ? otherwise : reference.substring(0, slash);
    }

    static String nameOf(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    List<PodLabels> pods() {
        return pods;
    }

    Stream<PodLabels> selected(Map<String, String> selector) {
        return pods.stream().filter(pod -> Json.selects(selector, pod.labels()));
    }

    Map<String, String> namespaceLabels(String namespace) {
        return of("Namespace").filter(object -> object.meta().name().equals(namespace))
                .findFirst()
                .map(Subject::labels)
                .orElse(Map.of());
    }

    /** Whether some name is meant by both hosts. */
    static boolean overlap(String one, String other) {
        return HostNames.isWithin(one, other) || HostNames.isWithin(other, one);
    }
}

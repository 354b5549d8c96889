package dev.trafficlab.embedded;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.analysis.Analysis;
import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;

/** Analyses the objects that one namespace holds, beside the ingress gateway that every namespace sees. */
record NamespaceAnalysis(ObjectStore store) {

    private static final List<String> ANALYSED = List.of("services", "pods", "deployments.apps",
            "gateways.networking.istio.io", "virtualservices.networking.istio.io",
            "destinationrules.networking.istio.io", "serviceentries.networking.istio.io",
            "sidecars.networking.istio.io");
    private static final List<String> GATEWAY = List.of("services", "pods");

    /** The findings on objects of the namespace at this moment, the most serious first. */
    List<Finding> of(String namespace) {
        List<ObjectNode> objects = new ArrayList<>();
        ANALYSED.forEach(resource -> add(resource, namespace, objects));
        GATEWAY.forEach(resource -> add(resource, NamespaceMesh.ISTIO_SYSTEM, objects));
        store.get(new ObjectKey("namespaces", "", namespace)).ifPresent(found -> objects.add(found.value()));
        return Analysis.ofSettling(objects).stream().filter(finding -> finding.object().isIn(namespace)).toList();
    }

    private void add(String resource, String namespace, List<ObjectNode> objects) {
        store.list(resource, namespace)
                .objects()
                .stream()
                .map(object -> object.value())
                .filter(object -> !object.path("metadata").has("deletionTimestamp"))
                .forEach(objects::add);
    }
}

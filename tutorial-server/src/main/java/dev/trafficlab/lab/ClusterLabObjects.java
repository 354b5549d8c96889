package dev.trafficlab.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The objects of a lab as the cluster has them at each call. */
record ClusterLabObjects(KubernetesClient client, String namespace) implements LabObjects {

    @Override
    public Set<String> names(LabKind kind) {
        return client.genericKubernetesResources(kind.context()).inNamespace(namespace).list().getItems().stream()
                .map(resource -> resource.getMetadata().getName()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, String> namespaceLabels() {
        return Optional.ofNullable(client.namespaces().withName(namespace).get())
                .map(found -> found.getMetadata().getLabels()).orElse(Map.of());
    }

    @Override
    public List<Deployment> deployments() {
        return client.apps().deployments().inNamespace(namespace).list().getItems();
    }

    @Override
    public List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null).toList();
    }

    @Override
    public Optional<DestinationRule> destinationRule(String name) {
        return Optional.ofNullable(client.resources(DestinationRule.class).inNamespace(namespace).withName(name).get());
    }

    @Override
    public Optional<VirtualService> virtualService(String name) {
        return Optional.ofNullable(client.resources(VirtualService.class).inNamespace(namespace).withName(name).get());
    }
}

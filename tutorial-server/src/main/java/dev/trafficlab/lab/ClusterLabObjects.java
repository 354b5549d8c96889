package dev.trafficlab.lab;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.IstioObjects;

/** The objects of a lab as the cluster has them at each call. */
record ClusterLabObjects(Cluster cluster, String namespace) implements LabObjects {

    /** All objects of a kind; none where the cluster does not know the kind, as it has no Istio. */
    static List<GenericKubernetesResource> list(Cluster cluster, LabKind kind, String namespace) {
        try {
            return cluster.client()
                    .genericKubernetesResources(kind.context(cluster))
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Set<String> names(LabKind kind) {
        return list(cluster, kind, namespace).stream()
                .map(resource -> resource.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, String> namespaceLabels() {
        return Optional.ofNullable(cluster.client().namespaces().withName(namespace).get())
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of());
    }

    @Override
    public List<Deployment> deployments() {
        return cluster.client().apps().deployments().inNamespace(namespace).list().getItems();
    }

    @Override
    public List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    @Override
    public Optional<DestinationRule> destinationRule(String name) {
        return new IstioObjects(cluster).find(DestinationRule.class, namespace, name);
    }

    @Override
    public Optional<VirtualService> virtualService(String name) {
        return new IstioObjects(cluster).find(VirtualService.class, namespace, name);
    }
}

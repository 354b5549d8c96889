package dev.trafficlab.cluster;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Reads Istio's objects in whichever version the cluster serves; the versions differ in nothing but their name. A cluster without
 * Istio has no such objects.
 */
public final class IstioObjects {

    private final Cluster cluster;

    /** The objects of this cluster. */
    public IstioObjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All objects of the kind in the namespace. */
    public <T extends HasMetadata> List<T> list(Class<T> kind, String namespace) {
        try {
            if (isOwnVersion(kind)) {
                return client().resources(kind).inNamespace(namespace).list().getItems();
            }
            return client().genericKubernetesResources(context(kind))
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .map(resource -> as(kind, resource))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** The object of that name. */
    public <T extends HasMetadata> Optional<T> find(Class<T> kind, String namespace, String name) {
        if (isOwnVersion(kind)) {
            return Optional.ofNullable(client().resources(kind).inNamespace(namespace).withName(name).get());
        }
        return Optional.ofNullable(client().genericKubernetesResources(context(kind))
                .inNamespace(namespace)
                .withName(name)
                .get()).map(resource -> as(kind, resource));
    }

    private <T extends HasMetadata> boolean isOwnVersion(Class<T> kind) {
        return HasMetadata.getVersion(kind).equals(cluster.istioVersion());
    }

    private <T extends HasMetadata> T as(Class<T> kind, GenericKubernetesResource resource) {
        return client().getKubernetesSerialization().convertValue(resource, kind);
    }

    private <T extends HasMetadata> ResourceDefinitionContext context(Class<T> kind) {
        return new ResourceDefinitionContext.Builder().withGroup(HasMetadata.getGroup(kind))
                .withVersion(cluster.istioVersion())
                .withKind(HasMetadata.getKind(kind))
                .withPlural(HasMetadata.getPlural(kind))
                .withNamespaced(true)
                .build();
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}

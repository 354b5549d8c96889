package dev.trafficlab.inventory;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

import dev.trafficlab.cluster.Cluster;

/** Reads the objects of one namespace, or of a manifest. */
final class LabReader {

    private static final int NOT_FOUND = 404;

    private final Cluster cluster;

    LabReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All objects of the kinds, by kind and name. */
    List<Item> read(String namespace, Collection<SeenKind> kinds) {
        List<Item> items = new ArrayList<>();
        for (SeenKind kind : kinds) {
            list(namespace, kind).stream()
                    .map(resource -> new Item(kind, resource))
                    .sorted(Comparator.comparing(Item::name))
                    .forEach(items::add);
        }
        return items;
    }

    Optional<Item> find(String namespace, SeenKind kind, String name) {
        for (ResourceDefinitionContext context : kind.contexts()) {
            GenericKubernetesResource found = client().genericKubernetesResources(context)
                    .inNamespace(namespace)
                    .withName(name)
                    .get();
            if (found != null) {
                return Optional.of(new Item(kind, found));
            }
        }
        return Optional.empty();
    }

    /** The objects that a manifest holds, without asking the cluster. */
    List<Item> parse(String yaml) {
        List<Item> items = new ArrayList<>();
        for (HasMetadata object : client().load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            SeenKind.named(object.getKind())
                    .ifPresent(kind -> items.add(new Item(kind, client()
                            .getKubernetesSerialization()
                            .convertValue(object, GenericKubernetesResource.class))));
        }
        return items;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** A cluster without Istio does not know its kinds, and an old Istio not their newest version. */
    private List<GenericKubernetesResource> list(String namespace, SeenKind kind) {
        for (ResourceDefinitionContext context : kind.contexts()) {
            try {
                return client().genericKubernetesResources(context).inNamespace(namespace).list().getItems();
            } catch (KubernetesClientException e) {
                if (e.getCode() != NOT_FOUND) {
                    throw e;
                }
            }
        }
        return List.of();
    }
}

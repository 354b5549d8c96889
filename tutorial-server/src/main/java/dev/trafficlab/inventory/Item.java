package dev.trafficlab.inventory;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;

import dev.trafficlab.inventory.Topology.ObjectName;

/** One object of the cluster, or of a manifest. */
record Item(SeenKind kind, GenericKubernetesResource resource) {

    String name() {
        return Objects.requireNonNullElse(resource.getMetadata().getName(), "");
    }

    ObjectName title() {
        return new ObjectName(kind.kind(), name());
    }

    Unstructured spec() {
        return new Unstructured(resource.getAdditionalProperties().get("spec"));
    }

    Unstructured status() {
        return new Unstructured(resource.getAdditionalProperties().get("status"));
    }

    Unstructured field(String name) {
        return new Unstructured(resource.getAdditionalProperties().get(name));
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(resource.getMetadata().getLabels(), Map.of());
    }

    boolean isBeingRemoved() {
        return resource.getMetadata().getDeletionTimestamp() != null;
    }

    String uid() {
        return Objects.requireNonNullElse(resource.getMetadata().getUid(), "");
    }

    Optional<String> owner() {
        return resource.getMetadata()
                .getOwnerReferences()
                .stream()
                .filter(owner -> Boolean.TRUE.equals(owner
                        .getController()))
                .map(OwnerReference::getUid)
                .findFirst();
    }

    /** The name of the Service that an EndpointSlice belongs to. */
    Optional<String> service() {
        return kind == SeenKind.ENDPOINT_SLICE
                ? Optional.ofNullable(labels().get("kubernetes.io/service-name"))
                : Optional.empty();
    }
}

package dev.trafficlab.lab.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import dev.trafficlab.lab.kind.LabKind;

/** One object of a manifest, made to live in the lab. */
public record ManifestObject(LabKind kind, GenericKubernetesResource resource) {

    public String name() {
        return resource.getMetadata().getName();
    }

    /** As people write it: {@code VirtualService shop}. */
    public String title() {
        return kind.kind() + " " + name();
    }
}

package dev.trafficlab.lab;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/** One object of a manifest, made to live in the lab. */
record ManifestObject(LabKind kind, GenericKubernetesResource resource) {

    String name() {
        return resource.getMetadata().getName();
    }

    /** As people write it: {@code VirtualService shop}. */
    String title() {
        return kind.kind() + " " + name();
    }
}

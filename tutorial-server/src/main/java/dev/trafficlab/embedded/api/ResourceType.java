package dev.trafficlab.embedded.api;

import java.util.List;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * A kind that the cluster serves.
 *
 * @param group API group, empty for the core group
 * @param versions served versions, the preferred (stored) one first; all are views of one object
 * @param kind e.g. {@code Deployment}
 * @param plural e.g. {@code deployments}
 * @param singular e.g. {@code deployment}
 * @param shortNames e.g. {@code deploy}
 * @param categories e.g. {@code all}
 * @param namespaced whether it lives in a namespace
 * @param custom whether a CustomResourceDefinition makes it (merge rules and error wording differ)
 * @param readOnly whether only the cluster itself writes it
 * @param subresources e.g. {@code status}, {@code scale}, {@code log}
 * @param model fabric8's typed class, from which the schema is derived
 */
public record ResourceType(String group, List<String> versions, String kind, String plural, String singular,
        List<String> shortNames, List<String> categories, boolean namespaced, boolean custom, boolean readOnly,
        List<String> subresources, Class<? extends HasMetadata> model) {

    public ResourceType {
        versions = List.copyOf(versions);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        subresources = List.copyOf(subresources);
    }

    /** The name the store files it under: {@code pods}, {@code deployments.apps}. */
    public String resource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** Group and preferred version as {@code apiVersion} writes them. */
    public String apiVersion() {
        return group.isEmpty() ? versions.getFirst() : group + "/" + versions.getFirst();
    }
}

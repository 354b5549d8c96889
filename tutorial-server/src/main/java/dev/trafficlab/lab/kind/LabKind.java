package dev.trafficlab.lab.kind;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

import dev.trafficlab.cluster.Cluster;

/** The kinds that make up a lab. */
public enum LabKind {

    NAMESPACE("Namespace", "", "namespaces", true, "v1"),
    SERVICE("Service", "", "services", true, "v1"),
    SERVICE_ACCOUNT("ServiceAccount", "", "serviceaccounts", true, "v1"),
    CONFIG_MAP("ConfigMap", "", "configmaps", true, "v1"),
    DEPLOYMENT("Deployment", "apps", "deployments", true, "v1"),
    REPLICA_SET("ReplicaSet", "apps", "replicasets", false, "v1"),
    POD("Pod", "", "pods", true, "v1"),
    ENDPOINTS("Endpoints", "", "endpoints", false, "v1"),
    ENDPOINT_SLICE("EndpointSlice", "discovery.k8s.io", "endpointslices", false, "v1"),
    GATEWAY("Gateway", "networking.istio.io", "gateways", true, "v1", "v1beta1", "v1alpha3"),
    VIRTUAL_SERVICE("VirtualService", "networking.istio.io", "virtualservices", true, "v1", "v1beta1", "v1alpha3"),
    DESTINATION_RULE("DestinationRule", "networking.istio.io", "destinationrules", true, "v1", "v1beta1", "v1alpha3"),
    SERVICE_ENTRY("ServiceEntry", "networking.istio.io", "serviceentries", true, "v1", "v1beta1", "v1alpha3"),
    SIDECAR("Sidecar", "networking.istio.io", "sidecars", true, "v1", "v1beta1", "v1alpha3"),
    EVENT("Event", "", "events", false, "v1");

    private static final String ISTIO = "networking.istio.io";

    private final String kind;
    private final String group;
    private final String plural;
    private final boolean inManifests;
    private final List<String> versions;

    LabKind(String kind, String group, String plural, boolean inManifests, String... versions) {
        this.kind = kind;
        this.group = group;
        this.plural = plural;
        this.inManifests = inManifests;
        this.versions = List.of(versions);
    }

    /** The kind that a manifest may hold under these names. */
    public static Optional<LabKind> inManifests(String apiVersion, String kind) {
        return applicable().filter(k -> k.kind.equals(kind) && k.apiVersions().contains(apiVersion)).findFirst();
    }

    /** The kind of that name. */
    public static Optional<LabKind> named(String kind) {
        return Arrays.stream(values()).filter(k -> k.kind.equals(kind)).findFirst();
    }

    /** What to write instead of a kind or version that no manifest may hold. */
    public static String alternatives(String kind) {
        return applicable().filter(k -> k.kind.equals(kind))
                .findFirst()
                .map(k -> "Write apiVersion: " + String.join(" or ", k.apiVersions()) + ".")
                .orElseGet(() -> "A lab takes " + applicable().map(k -> k.kind).collect(Collectors.joining(", "))
                        + ".");
    }

    /** Its name, e.g. {@code VirtualService}. */
    public String kind() {
        return kind;
    }

    /** How the API serves the kind in its newest version. */
    public ResourceDefinitionContext context() {
        return context(versions.getFirst());
    }

    /** How the cluster serves the kind: Istio's kinds in the version that it has. */
    public ResourceDefinitionContext context(Cluster cluster) {
        return context(group.equals(ISTIO) ? cluster.istioVersion() : versions.getFirst());
    }

    /** How the API serves the kind in the version of that {@code apiVersion}. */
    public ResourceDefinitionContext contextOf(String apiVersion) {
        return context(apiVersion.substring(apiVersion.indexOf('/') + 1));
    }

    private ResourceDefinitionContext context(String version) {
        return new ResourceDefinitionContext.Builder().withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(this != NAMESPACE)
                .build();
    }

    private List<String> apiVersions() {
        return versions.stream().map(version -> group.isEmpty() ? version : group + "/" + version).toList();
    }

    private static Stream<LabKind> applicable() {
        return Arrays.stream(values()).filter(k -> k.inManifests);
    }
}

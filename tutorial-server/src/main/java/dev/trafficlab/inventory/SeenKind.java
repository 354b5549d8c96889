package dev.trafficlab.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The kinds that a lab's inventory shows, in the order it shows them. */
enum SeenKind {

    GATEWAY("Gateway", Group.ISTIO, "gateways"),
    VIRTUAL_SERVICE("VirtualService", Group.ISTIO, "virtualservices"),
    DESTINATION_RULE("DestinationRule", Group.ISTIO, "destinationrules"),
    SERVICE_ENTRY("ServiceEntry", Group.ISTIO, "serviceentries"),
    SIDECAR("Sidecar", Group.ISTIO, "sidecars"),
    SERVICE("Service", Group.CORE, "services"),
    ENDPOINT_SLICE("EndpointSlice", Group.DISCOVERY, "endpointslices"),
    DEPLOYMENT("Deployment", Group.APPS, "deployments"),
    REPLICA_SET("ReplicaSet", Group.APPS, "replicasets"),
    POD("Pod", Group.CORE, "pods"),
    CONFIG_MAP("ConfigMap", Group.CORE, "configmaps");

    private final String kind;
    private final Group group;
    private final String plural;

    SeenKind(String kind, Group group, String plural) {
        this.kind = kind;
        this.group = group;
        this.plural = plural;
    }

    static Optional<SeenKind> named(String kind) {
        return Arrays.stream(values()).filter(seen -> seen.kind.equals(kind)).findFirst();
    }

    String kind() {
        return kind;
    }

    /** How the API may serve it, the newest version first. */
    List<ResourceDefinitionContext> contexts() {
        return group.versions.stream()
                .map(version -> new ResourceDefinitionContext.Builder().withGroup(group.name)
                        .withVersion(version)
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(true)
                        .build())
                .toList();
    }

    private enum Group {
        CORE("", "v1"),
        APPS("apps", "v1"),
        DISCOVERY("discovery.k8s.io", "v1"),
        ISTIO("networking.istio.io", "v1",
                "v1beta1", "v1alpha3");

        private final String name;
        private final List<String> versions;

        Group(String name, String... versions) {
            this.name = name;
            this.versions = List.of(versions);
        }
    }
}

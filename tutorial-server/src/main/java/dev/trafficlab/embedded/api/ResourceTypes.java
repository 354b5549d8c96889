package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.Sidecar;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import static java.util.stream.Collectors.toUnmodifiableMap;

/** The kinds that the embedded cluster serves. */
public final class ResourceTypes {

    private static final String CORE = "";
    private static final String ISTIO = "networking.istio.io";
    private static final List<String> STATUS = List.of("status");
    private static final List<String> SCALABLE = List.of("status", "scale");
    private static final List<String> ALL = List.of("all");

    private static final List<ResourceType> TYPES = List.of(cluster(CORE, "Namespace", "namespaces", "ns", false,
            STATUS, Namespace.class),
            cluster(CORE, "Node", "nodes", "no", true, STATUS, Node.class),
            namespaced(CORE, "ConfigMap", "configmaps", "cm", List.of(), List.of(), ConfigMap.class),
            namespaced(CORE, "Endpoints", "endpoints", "ep", List.of(), List.of(), Endpoints.class),
            namespaced(CORE, "Event", "events", "ev", List.of(), List.of(), Event.class),
            namespaced(CORE, "Pod", "pods", "po", ALL, List.of("status", "log"), Pod.class),
            namespaced(CORE, "Service", "services", "svc", ALL, List.of("status", "proxy"), Service.class),
            namespaced(CORE, "ServiceAccount", "serviceaccounts", "sa", List.of(), List.of(), ServiceAccount.class),
            cluster("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "crd", true,
                    STATUS, CustomResourceDefinition.class),
            namespaced("apps", "Deployment", "deployments", "deploy", ALL, SCALABLE, Deployment.class),
            namespaced("apps", "ReplicaSet", "replicasets", "rs", ALL, SCALABLE, ReplicaSet.class),
            namespaced("discovery.k8s.io", "EndpointSlice", "endpointslices", "", List.of(), List.of(),
                    EndpointSlice.class),
            istio("DestinationRule", "destinationrules", "dr", DestinationRule.class),
            istio("Gateway", "gateways", "gw", Gateway.class),
            istio("ServiceEntry", "serviceentries", "se", ServiceEntry.class),
            istio("Sidecar", "sidecars", "", Sidecar.class),
            istio("VirtualService", "virtualservices", "vs", VirtualService.class));

    private static final Map<Name, ResourceType> BY_PLURAL = index(ResourceType::plural);
    private static final Map<Name, ResourceType> BY_KIND = index(ResourceType::kind);

    private ResourceTypes() {}

    /** All of them, core group first. */
    public static List<ResourceType> all() {
        return TYPES;
    }

    /** The kind served under the group, version and plural. */
    public static Optional<ResourceType> byPlural(String group, String version, String plural) {
        return Optional.ofNullable(BY_PLURAL.get(new Name(group, version, plural)));
    }

    /** The kind served under the group, version and kind's name. */
    public static Optional<ResourceType> byKind(String group, String version, String kind) {
        return Optional.ofNullable(BY_KIND.get(new Name(group, version, kind)));
    }

    /** Whether any kind is served under the group and version. */
    public static boolean serves(String group, String version) {
        return TYPES.stream().anyMatch(type -> type.group().equals(group) && type.versions().contains(version));
    }

    private static ResourceType cluster(String group, String kind, String plural, String shortName, boolean readOnly,
            List<String> subresources, Class<? extends HasMetadata> model) {
        // CRDs are filed under a category of their own, all others of the cluster's kinds under none.
        var categories = kind.equals("CustomResourceDefinition") ? List.of("api-extensions") : List.<String>of();
        return new ResourceType(group, List.of("v1"), kind, plural, singular(kind), shortNames(shortName), categories,
                false, false, readOnly, subresources, model);
    }

    private static ResourceType namespaced(String group, String kind, String plural, String shortName,
            List<String> categories, List<String> subresources, Class<? extends HasMetadata> model) {
        return new ResourceType(group, List.of("v1"), kind, plural, singular(kind), shortNames(shortName), categories,
                true, false, false, subresources, model);
    }

    private static ResourceType istio(String kind, String plural, String shortName,
            Class<? extends HasMetadata> model) {
        return new ResourceType(ISTIO, List.of("v1", "v1beta1", "v1alpha3"), kind, plural, singular(kind),
                shortNames(shortName), List.of("istio-io", "networking-istio-io"), true, true, false, STATUS, model);
    }

    private static String singular(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }

    private static List<String> shortNames(String name) {
        if (name.equals("crd")) {
            return List.of("crd", "crds");
        }
        return name.isEmpty() ? List.of() : List.of(name);
    }

    private static Map<Name, ResourceType> index(Function<ResourceType, String> name) {
        return TYPES.stream()
                .flatMap(type -> served(type, name))
                .collect(toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<Name, ResourceType>> served(ResourceType type,
            Function<ResourceType, String> name) {
        return type.versions()
                .stream()
                .map(version -> Map.entry(new Name(type.group(), version, name.apply(type)), type));
    }

    private record Name(String group, String version, String name) {}
}

package dev.trafficlab.preflight;

import java.util.ArrayList;
import java.util.List;

import dev.trafficlab.cluster.RealClusterSettings;

/**
 * One thing that the server's account must be allowed to do.
 *
 * @param verb {@code get}, {@code list}, {@code watch}, {@code create}, {@code patch} or {@code delete}
 * @param group the API group, empty for the core one
 * @param resource plural, with the subresource: {@code services/proxy}
 * @param name of the one object that is meant, empty for any
 * @param namespace where, empty for everywhere
 */
record Permission(String verb, String group, String resource, String name, String namespace) {

    /** The ClusterRole with {@link #inLabs}, which the server binds itself in the namespace of each lab. */
    static final String LAB_ROLE = "traffic-lab-namespace";

    private static final String ISTIO = "networking.istio.io";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ALL_NAMESPACES = "";

    Permission(String verb, String group, String resource, String namespace) {
        this(verb, group, resource, "", namespace);
    }

    /** What is needed beside {@link #inLabs}: {@code manifests/deploy/real-cluster/rights/rbac.yaml} grants both. */
    static List<Permission> needed(RealClusterSettings settings, String ownNamespace) {
        List<Permission> needed = new ArrayList<>();
        if (settings.single()) {
            add(needed, "", "namespaces", settings.namespace(), "get", "patch");
        } else {
            add(needed, "", "namespaces", ALL_NAMESPACES, "create", "delete", "get", "list", "patch");
            add(needed, "coordination.k8s.io", "leases", ownNamespace, "create", "get", "patch");
        }
        add(needed, "", "services", settings.gatewayNamespace(), "get");
        return List.copyOf(needed);
    }

    /** What lets an account give itself {@link #inLabs} in the namespace of each lab that it makes. */
    static List<Permission> toBind() {
        return List.of(new Permission("create", RBAC, "rolebindings", ALL_NAMESPACES), new Permission("bind", RBAC,
                "clusterroles", LAB_ROLE, ALL_NAMESPACES));
    }

    /** What is needed in the namespaces of labs: in that of the only learner, or in every namespace. */
    static List<Permission> inLabs(RealClusterSettings settings) {
        String labs = settings.single() ? settings.namespace() : ALL_NAMESPACES;
        List<Permission> needed = new ArrayList<>();
        if (!settings.single()) {
            add(needed, "", "resourcequotas", labs, "create", "patch");
            add(needed, "", "limitranges", labs, "create", "patch");
            add(needed, "networking.k8s.io", "networkpolicies", labs, "create", "patch");
        }
        List.of("services", "serviceaccounts", "configmaps", "pods")
                .forEach(resource -> add(needed, "", resource, labs,
                        "create", "delete", "get", "list", "patch"));
        add(needed, "", "services/proxy", labs, "delete", "get");
        add(needed, "apps", "deployments", labs, "create", "delete", "get", "list", "patch", "watch");
        add(needed, "apps", "replicasets", labs, "get", "list");
        add(needed, "discovery.k8s.io", "endpointslices", labs, "get", "list");
        add(needed, "", "events", labs, "list");
        add(needed, "", "pods/log", labs, "get");
        List.of("gateways", "virtualservices", "destinationrules", "serviceentries", "sidecars")
                .forEach(resource -> add(needed, ISTIO, resource, labs, "create", "delete", "get", "list", "patch"));
        return List.copyOf(needed);
    }

    /** What makes it easier to find the ingress gateway and the injector; labs work without. */
    static List<Permission> useful(RealClusterSettings settings) {
        List<Permission> useful = new ArrayList<>();
        add(useful, "", "nodes", ALL_NAMESPACES, "list");
        add(useful, "", "pods", settings.gatewayNamespace(), "list");
        add(useful, "", "pods/portforward", settings.gatewayNamespace(), "create", "get");
        add(useful, "admissionregistration.k8s.io", "mutatingwebhookconfigurations", ALL_NAMESPACES, "list");
        return List.copyOf(useful);
    }

    private static void add(List<Permission> list, String group, String resource, String namespace, String... verbs) {
        for (String verb : verbs) {
            list.add(new Permission(verb, group, resource, namespace));
        }
    }

    /** Verb and resource, as people and {@code kubectl auth can-i} name them. */
    String title() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }

    /** The command that shows whether it is granted. */
    String question() {
        String kind = resource.replaceFirst("/.*", "") + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? ""
                : "/" + name);
        String part = resource.contains("/") ? " --subresource=" + resource.replaceFirst(".*/", "") : "";
        return "kubectl auth can-i " + verb + " " + kind + part + (namespace.isEmpty() ? " -A" : " -n " + namespace);
    }
}

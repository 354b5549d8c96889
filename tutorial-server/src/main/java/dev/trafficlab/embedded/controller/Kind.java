package dev.trafficlab.embedded.controller;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;

/** The kinds that the controllers read and write. */
public enum Kind {
    NAMESPACE("", "Namespace", "namespaces"),
    NODE("", "Node", "nodes"),
    POD("", "Pod", "pods"),
    SERVICE("", "Service", "services"),
    SERVICE_ACCOUNT("", "ServiceAccount", "serviceaccounts"),
    CONFIG_MAP("", "ConfigMap", "configmaps"),
    EVENT("", "Event", "events"),
    ENDPOINTS("", "Endpoints", "endpoints"),
    ENDPOINT_SLICE("discovery.k8s.io", "EndpointSlice", "endpointslices"),
    DEPLOYMENT("apps", "Deployment", "deployments"),
    REPLICA_SET("apps", "ReplicaSet", "replicasets");

    private final String group;
    private final String kind;
    private final String resource;

    Kind(String group, String kind, String plural) {
        this.group = group;
        this.kind = kind;
        this.resource = group.isEmpty() ? plural : plural + "." + group;
    }

    /** The name that the store files it under. */
    public String resource() {
        return resource;
    }

    String apiVersion() {
        return group.isEmpty() ? "v1" : group + "/v1";
    }

    /** As {@code kind} writes it. */
    public String kind() {
        return kind;
    }

    public ResourceType type() {
        return ResourceTypes.byKind(group, "v1", kind).orElseThrow();
    }
}

package dev.trafficlab.embedded.controller;

/** The kinds that the controllers read and write. */
enum Kind {
    NAMESPACE("namespaces", "v1", "Namespace"), NODE("nodes", "v1", "Node"), POD("pods", "v1", "Pod"), SERVICE("services",
            "v1", "Service"), SERVICE_ACCOUNT("serviceaccounts", "v1", "ServiceAccount"), CONFIG_MAP("configmaps", "v1",
                    "ConfigMap"), EVENT("events", "v1", "Event"), ENDPOINTS("endpoints", "v1",
                            "Endpoints"), ENDPOINT_SLICE("endpointslices.discovery.k8s.io", "discovery.k8s.io/v1",
                                    "EndpointSlice"), DEPLOYMENT("deployments.apps", "apps/v1",
                                            "Deployment"), REPLICA_SET("replicasets.apps", "apps/v1", "ReplicaSet");

    private final String resource;
    private final String apiVersion;
    private final String kind;

    Kind(String resource, String apiVersion, String kind) {
        this.resource = resource;
        this.apiVersion = apiVersion;
        this.kind = kind;
    }

    /** The name that the store files it under. */
    String resource() {
        return resource;
    }

    String apiVersion() {
        return apiVersion;
    }

    /** As {@code kind} writes it. */
    String kind() {
        return kind;
    }
}

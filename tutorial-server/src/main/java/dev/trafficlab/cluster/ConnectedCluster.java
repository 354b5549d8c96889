package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster and the client that reaches it. */
record ConnectedCluster(Kind kind, KubernetesClient client) implements Cluster {}

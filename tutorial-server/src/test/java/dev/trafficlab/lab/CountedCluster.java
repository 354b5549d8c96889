package dev.trafficlab.lab;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.Cluster;

/** An embedded cluster behind a client that a test watches. */
record CountedCluster(KubernetesClient client) implements Cluster {

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }
}

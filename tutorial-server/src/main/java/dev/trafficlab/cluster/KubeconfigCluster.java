package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A real cluster, reached through a kubeconfig or an in-cluster account. */
record KubeconfigCluster(KubernetesClient client) implements Cluster {

    @Override
    public Kind kind() {
        return Kind.KUBECONFIG;
    }
}

package dev.trafficlab.traffic.generator;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.Cluster;

/** For traffic from outside, which needs nothing of the cluster. */
final class UnusedCluster implements Cluster {

    @Override
    public KubernetesClient client() {
        throw new AssertionError("nothing to ask of the cluster");
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }
}

package dev.trafficlab.cluster;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.analysis.Finding;

/** The cluster in this process. What it can tell of itself needs no call of its API. */
record InProcessCluster(EmbeddedCluster embedded, KubernetesClient client) implements Cluster {

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public List<Finding> findings(String namespace) {
        return embedded.analyse(namespace);
    }
}

package dev.trafficlab.lab;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.analysis.Finding;

/** An embedded cluster behind a client that a test watches. */
record CountedCluster(EmbeddedCluster embedded, KubernetesClient client) implements Cluster {

    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public List<Finding> findings(String namespace) {
        return embedded.analyse(namespace);
    }
}

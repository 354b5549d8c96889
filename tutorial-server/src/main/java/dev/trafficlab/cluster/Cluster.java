package dev.trafficlab.cluster;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.analysis.ClusterAnalysis;
import dev.trafficlab.embedded.analysis.Finding;

/** The cluster that the labs live on, real or embedded: fabric8's client is the one way to it. */
public interface Cluster {

    /** The newest version of Istio's API that we know. */
    String NEWEST_ISTIO = "v1";

    /** A client with the server's own rights; shared, never to be closed by its users. */
    KubernetesClient client();

    /** Which kind of cluster this is. */
    Kind kind();

    /** The version in which the cluster serves Istio's networking kinds: the newest it has. */
    default String istioVersion() {
        return NEWEST_ISTIO;
    }

    /** What is wrong with the objects of a namespace at this moment, the most serious first. */
    default List<Finding> findings(String namespace) {
        return new ClusterAnalysis(this).of(namespace);
    }

    /** The two kinds of cluster. */
    enum Kind {
        /** The Kubernetes in this process. */
        EMBEDDED,
        /** One reached through a kubeconfig or an in-cluster account. */
        KUBECONFIG
    }
}

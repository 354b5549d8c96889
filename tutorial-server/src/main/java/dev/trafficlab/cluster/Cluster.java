package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

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

    /** The two kinds of cluster. */
    enum Kind {
        /** The Kubernetes in this process. */
        EMBEDDED,
        /** One reached through a kubeconfig or an in-cluster account. */
        KUBECONFIG
    }
}

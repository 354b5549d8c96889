package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The cluster that the labs live on, real or embedded: fabric8's client is the one way to it. */
public interface Cluster {

    /** A client with the server's own rights; shared, never to be closed by its users. */
    KubernetesClient client();

    /** Which kind of cluster this is. */
    Kind kind();

    /** The two kinds of cluster. */
    enum Kind {
        /** The Kubernetes in this process. */
        EMBEDDED,
        /** One reached through a kubeconfig or an in-cluster account. */
        KUBECONFIG
    }
}

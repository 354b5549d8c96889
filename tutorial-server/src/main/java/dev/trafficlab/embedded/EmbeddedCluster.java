package dev.trafficlab.embedded;

import dev.trafficlab.embedded.api.KubernetesApi;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/** A Kubernetes cluster with an Istio mesh in this process. One line starts it; closing it stops its pods and closes its store. */
public final class EmbeddedCluster implements AutoCloseable {

    /** Starts the cluster: opens the store, the controllers, the mesh and every pod that was running. */
    public static EmbeddedCluster start(EmbeddedSettings settings) {
        throw new UnsupportedOperationException("cluster");
    }

    /** The Kubernetes API, to be bound to a transport. */
    public KubernetesApi api() {
        throw new UnsupportedOperationException("cluster");
    }

    /** Sends a request through the namespace's own view of the mesh. */
    public MeshAnswer send(String namespace, MeshRequest request) {
        throw new UnsupportedOperationException("cluster");
    }

    /** Sends a request and keeps the reasons of every decision. */
    public TracedAnswer trace(String namespace, MeshRequest request) {
        throw new UnsupportedOperationException("cluster");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("cluster");
    }
}

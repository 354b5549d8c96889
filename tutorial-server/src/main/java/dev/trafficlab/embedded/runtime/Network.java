package dev.trafficlab.embedded.runtime;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;

/** The way out of a pod: the mesh as its namespace sees it. */
@FunctionalInterface
public interface Network {

    /** Sends a request that enters the namespace's mesh. */
    MeshAnswer send(String namespace, MeshRequest request);
}

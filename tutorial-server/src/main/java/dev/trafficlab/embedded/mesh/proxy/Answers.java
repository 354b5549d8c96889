package dev.trafficlab.embedded.mesh.proxy;

import dev.trafficlab.embedded.mesh.MeshAnswer.Upstream;
import dev.trafficlab.embedded.mesh.balance.Endpoint;

/** From what the mesh knows of a pod to what the caller is told of it. */
public final class Answers {

    private Answers() {}

    public static Upstream upstream(Endpoint endpoint) {
        return new Upstream(endpoint.namespace(), endpoint.pod(), endpoint.address(), endpoint.labels());
    }
}

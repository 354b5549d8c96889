package dev.trafficlab.embedded.mesh;

import dev.trafficlab.embedded.mesh.MeshAnswer.Upstream;
import dev.trafficlab.embedded.mesh.balance.Endpoint;

/** From what the mesh knows of a pod to what the caller is told of it. */
final class Answers {

    private Answers() {}

    static Upstream upstream(Endpoint endpoint) {
        return new Upstream(endpoint.namespace(), endpoint.pod(), endpoint.address(), endpoint.labels());
    }
}

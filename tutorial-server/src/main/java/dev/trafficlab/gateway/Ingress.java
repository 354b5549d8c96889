package dev.trafficlab.gateway;

import java.util.List;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/** The way in for a lab's HTTP traffic. */
public interface Ingress {

    /** Sends one request into the namespace's mesh and waits for the answer. */
    MeshAnswer send(String namespace, MeshRequest request);

    /** The same, with the reasons of every decision. */
    TracedAnswer trace(String namespace, MeshRequest request);

    /** What would become of the request by the namespace's objects of this moment, without sending it. */
    RoutePlan plan(String namespace, MeshRequest request);

    /** What the namespace's objects ask for at this moment and its mesh does not do; nothing for a mesh that does it all. */
    default List<NotSupported> notSupported(String namespace) {
        return List.of();
    }
}

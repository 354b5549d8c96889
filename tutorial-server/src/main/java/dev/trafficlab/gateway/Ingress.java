package dev.trafficlab.gateway;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/** The way in for a lab's HTTP traffic. */
public interface Ingress {

    /** Sends one request into the namespace's mesh and waits for the answer. */
    MeshAnswer send(String namespace, MeshRequest request);

    /** The same, with the reasons of every decision. */
    TracedAnswer trace(String namespace, MeshRequest request);
}

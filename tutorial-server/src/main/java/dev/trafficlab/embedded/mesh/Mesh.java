package dev.trafficlab.embedded.mesh;

import java.time.InstantSource;
import java.util.Collection;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The data plane as one namespace sees it: its ingress gateway and its sidecars. {@link #update} compiles, {@link #send} reads what
 * was compiled last, without locks.
 */
public final class Mesh {

    /** A mesh without objects: nobody listens. */
    public Mesh(Upstreams upstreams, RandomGenerator dice, InstantSource clock) {}

    /**
     * Compiles the objects (Services, Pods, Gateways, VirtualServices, DestinationRules, ServiceEntries, Sidecars, of any
     * namespaces, those of istio-system included) and publishes the result at once. What it cannot route is left out and told.
     */
    public void update(Collection<ObjectNode> objects) {
        throw new UnsupportedOperationException("mesh");
    }

    /** Routes one request and waits for the answer. */
    public MeshAnswer send(MeshRequest request) {
        throw new UnsupportedOperationException("mesh");
    }

    /** The same, with the reasons of every decision. */
    public TracedAnswer trace(MeshRequest request) {
        throw new UnsupportedOperationException("mesh");
    }
}

package dev.trafficlab.gateway;

import java.util.List;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/** The way in to labs on the embedded cluster: a call in this process. */
record EmbeddedIngress(EmbeddedCluster cluster) implements Ingress {

    @Override
    public MeshAnswer send(String namespace, MeshRequest request) {
        return cluster.send(namespace, request);
    }

    @Override
    public TracedAnswer trace(String namespace, MeshRequest request) {
        return cluster.trace(namespace, request);
    }

    @Override
    public RoutePlan plan(String namespace, MeshRequest request) {
        return cluster.plan(namespace, request);
    }

    @Override
    public List<NotSupported> notSupported(String namespace) {
        return cluster.notSupported(namespace);
    }
}

package dev.trafficlab.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.executor.FairExecutor;
import dev.trafficlab.embedded.mesh.Mesh;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * One namespace's view of the mesh, compiled anew whenever it is used after a change.
 *
 * <p>A write is acknowledged only after the store has counted the namespace's revision up, and every use compares that revision with
 * the one compiled: so a request that follows a write is routed by it, without anybody waiting for a watch.
 */
final class NamespaceMesh {

    static final String ISTIO_SYSTEM = "istio-system";

    private static final List<String> ROUTED = List.of("services", "pods", "gateways.networking.istio.io",
            "virtualservices.networking.istio.io", "destinationrules.networking.istio.io",
            "serviceentries.networking.istio.io", "sidecars.networking.istio.io");

    private final ObjectStore store;
    private final String namespace;
    private final Mesh mesh;
    private final FairExecutor workers;
    private volatile Version version = new Version(-1, -1);
    private long[] compiled = {};

    NamespaceMesh(ObjectStore store, String namespace, Mesh mesh, FairExecutor workers) {
        this.workers = workers;
        this.store = store;
        this.namespace = namespace;
        this.mesh = mesh;
    }

    /** The revisions of the two namespaces that a view is made of. */
    private record Version(long own, long system) {}

    /** The mesh by the objects of this moment. */
    Mesh current() {
        return version.equals(now()) ? mesh : workers.callAlways(namespace, this::refreshed);
    }

    private Mesh refreshed() {
        refresh();
        return mesh;
    }

    private Version now() {
        return new Version(store.revision(namespace), store.revision(ISTIO_SYSTEM));
    }

    /** Most writes (Events, statuses) concern nothing that is routed by; then there is nothing to compile. */
    private synchronized void refresh() {
        Version now = now();
        if (version.equals(now)) {
            return;
        }
        List<StoredObject> objects = new ArrayList<>();
        for (String resource : ROUTED) {
            objects.addAll(store.list(resource, namespace).objects());
            objects.addAll(store.list(resource, ISTIO_SYSTEM).objects());
        }
        long[] revisions = objects.stream().mapToLong(StoredObject::revision).toArray();
        if (!Arrays.equals(revisions, compiled)) {
            mesh.update(values(objects));
            compiled = revisions;
        }
        version = now;
    }

    private static List<ObjectNode> values(List<StoredObject> objects) {
        return objects.stream().map(StoredObject::value).toList();
    }
}

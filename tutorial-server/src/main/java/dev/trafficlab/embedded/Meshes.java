package dev.trafficlab.embedded;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import dev.trafficlab.embedded.executor.FairExecutor;
import dev.trafficlab.embedded.mesh.Mesh;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.store.ObjectEvent;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;

/** Every namespace's own view of the mesh, made when it is first used. */
final class Meshes implements AutoCloseable {

    private static final String NAMESPACES = "namespaces";

    private final Map<String, NamespaceMesh> byNamespace = new ConcurrentHashMap<>();
    private final ObjectStore store;
    private final ContainerRuntime runtime;
    private final RandomGenerator dice;
    private final InstantSource clock;
    private final FairExecutor workers;
    private volatile ObjectStore.Subscription subscription;

    Meshes(ObjectStore store, ContainerRuntime runtime, RandomGenerator dice, InstantSource clock,
            FairExecutor workers) {
        this.workers = workers;
        this.store = store;
        this.runtime = runtime;
        this.dice = dice;
        this.clock = clock;
        this.subscription = follow();
    }

    private ObjectStore.Subscription follow() {
        return store.watch(NAMESPACES, "", store.revision(), this::forgetIfGone, () -> subscription = follow());
    }

    private void forgetIfGone(ObjectEvent event) {
        if (event.type() == ObjectEvent.Type.DELETED) {
            byNamespace.remove(event.object().key().name());
        }
    }

    /** The namespace's mesh by the objects of this moment; one where nobody listens when there is no such namespace. */
    Mesh of(String namespace) {
        NamespaceMesh known = byNamespace.get(namespace);
        if (known != null) {
            return known.current();
        }
        if (store.get(new ObjectKey(NAMESPACES, "", namespace)).isEmpty()) {
            return mesh(namespace);
        }
        return byNamespace.computeIfAbsent(namespace, name -> new NamespaceMesh(store, name, mesh(name), workers))
                .current();
    }

    private Mesh mesh(String namespace) {
        return new Mesh(runtime.upstreams(namespace), dice, clock);
    }

    @Override
    public void close() {
        subscription.close();
    }
}

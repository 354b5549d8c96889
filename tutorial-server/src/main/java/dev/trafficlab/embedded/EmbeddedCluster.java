package dev.trafficlab.embedded;

import java.util.List;
import java.util.concurrent.CompletionStage;

import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.api.KubernetesApi;
import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.controller.Controllers;
import dev.trafficlab.embedded.controller.Controllers.MeshFindings;
import dev.trafficlab.embedded.controller.workload.PodCreation;
import dev.trafficlab.embedded.executor.FairExecutor;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoreHealth;

/** A Kubernetes cluster with an Istio mesh in this process. One line starts it; closing it stops its pods and closes its store. */
public final class EmbeddedCluster implements AutoCloseable {

    private static final String STORE_FILE = "cluster.mv";

    private final ObjectStore store;
    private final ContainerRuntime runtime;
    private final Meshes meshes;
    private final KubernetesApi api;
    private final Controllers controllers;
    private final FairExecutor workers;
    private final NamespaceAnalysis analysis;

    private EmbeddedCluster(EmbeddedSettings settings) {
        this.store = ObjectStore.open(settings.dataDirectory().map(directory -> directory.resolve(STORE_FILE)),
                settings.store());
        this.workers = FairExecutor.start(Bounds.WAITING_REQUESTS);
        this.runtime = new ContainerRuntime(this::send, settings.clock());
        this.analysis = new NamespaceAnalysis(store);
        this.meshes = new Meshes(store, runtime, settings.dice(), settings.clock(), workers);
        Objects objects = new Objects(store, settings.clock(), new PodCreation(store), settings.quota());
        this.api = new KubernetesApi(store, objects, runtime, settings.clock(), workers);
        // Names take their randomness from elsewhere, so that whoever loads the dice loads the routing alone.
        this.controllers = Controllers.start(store, objects, runtime, settings.clock(), new ThreadLocalDice(),
                settings.podPhase(), this::findings);
    }

    /** Starts the cluster: opens the store, the controllers, the mesh and every pod that was running. */
    public static EmbeddedCluster start(EmbeddedSettings settings) {
        return new EmbeddedCluster(settings);
    }

    /** The Kubernetes API, to be bound to a transport. */
    public KubernetesApi api() {
        return api;
    }

    /** Where work that needs a processor is done, for each namespace in turn. */
    public FairExecutor workers() {
        return workers;
    }

    /** Counts up with every change of an object in the namespace. */
    public long revision(String namespace) {
        return store.revision(namespace);
    }

    /** How the store is; takes a second at most. */
    public StoreHealth storeHealth() {
        return store.health();
    }

    /** Ends with the cause once the store is lost: then nothing works any more in this process, which is to end. */
    public CompletionStage<Throwable> storeLost() {
        return store.lost();
    }

    /** Sends a request through the namespace's own view of the mesh. */
    public MeshAnswer send(String namespace, MeshRequest request) {
        return meshes.of(namespace).send(request);
    }

    /** Sends a request and keeps the reasons of every decision. */
    public TracedAnswer trace(String namespace, MeshRequest request) {
        return meshes.of(namespace).trace(request);
    }

    /** What would become of a request by the namespace's objects of this moment, without sending it. */
    public RoutePlan plan(String namespace, MeshRequest request) {
        return meshes.of(namespace).plan(request);
    }

    /** What the namespace's objects ask for at this moment and the mesh does not do. */
    public List<NotSupported> notSupported(String namespace) {
        return meshes.of(namespace).notSupported();
    }

    /** What is wrong with the objects of a namespace at this moment, the most serious first. */
    public List<Finding> analyse(String namespace) {
        return analysis.of(namespace);
    }

    private MeshFindings findings(String namespace) {
        boolean shared = namespace.isEmpty() || namespace.equals(NamespaceMesh.ISTIO_SYSTEM);
        return new MeshFindings(notSupported(namespace), shared ? List.of() : analysis.of(namespace));
    }

    @Override
    public void close() {
        api.close();
        controllers.close();
        meshes.close();
        workers.close();
        store.close();
    }
}

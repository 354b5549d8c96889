package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.controller.WorkQueue.Task;
import dev.trafficlab.embedded.controller.network.AddressPool;
import dev.trafficlab.embedded.controller.network.EndpointsController;
import dev.trafficlab.embedded.controller.network.ServiceController;
import dev.trafficlab.embedded.controller.pod.PodController;
import dev.trafficlab.embedded.controller.workload.DeploymentController;
import dev.trafficlab.embedded.controller.workload.ReplicaSetController;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.store.ObjectEvent;
import dev.trafficlab.embedded.store.ObjectStore;

/** All control loops of the cluster, running until closed. */
public final class Controllers implements AutoCloseable {

    /**
     * What is found in the objects of a namespace.
     *
     * @param notSupported what they ask for and the mesh does not do
     * @param analysed what the analysis says of them
     */
    public record MeshFindings(List<NotSupported> notSupported, List<Finding> analysed) {

        public MeshFindings {
            notSupported = List.copyOf(notSupported);
            analysed = List.copyOf(analysed);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final int THREADS = 4;
    private static final int FEW = 100;

    private final ObjectStore store;
    private final ObjectClient state;
    private final EventRecorder events;
    private final WorkQueue queue = WorkQueue.start(THREADS);
    private final PodController pods;
    private final ServiceController services;
    private final EventSweeper sweeper;
    private final List<Controller> controllers;
    private final ContainerRuntime runtime;
    private final Thread restoration;
    private volatile ObjectStore.Subscription subscription = () -> {};

    private Controllers(ObjectStore store, Objects objects, ContainerRuntime runtime, InstantSource clock,
            RandomGenerator names, Duration podPhase, Function<String, MeshFindings> findings) {
        this.store = store;
        this.runtime = runtime;
        this.state = new ObjectClient(store, objects);
        UUID boot = UUID.randomUUID();
        this.events = new EventRecorder(state, clock);
        // Both ranges lie in 10.0.0.0/8: pods in 10.128.0.0/9, Services in 10.96.0.0/12.
        this.pods = new PodController(state, events, runtime, new AddressPool("10.128.0.2", 1 << 23), clock, boot,
                podPhase);
        this.services = new ServiceController(state, new AddressPool("10.96.0.10", (1 << 20) - 16));
        this.sweeper = new EventSweeper(state, clock);
        this.controllers = List.of(new NamespaceController(state), new DeploymentController(state, events, clock),
                new ReplicaSetController(state, events, clock, names), pods, services, new EndpointsController(state),
                new GarbageCollector(state), new MeshController(state, events, clock, findings));
        Bootstrap.run(state, boot, clock);
        this.restoration = Thread.ofPlatform().daemon().name("controller-restoration").unstarted(this::restore);
    }

    /**
     * Starts the control loops. What an earlier process left half done they take up again.
     *
     * @param names the randomness of pods' names
     * @param podPhase how long a pod stays in each phase of its start
     * @param findings what is found in a namespace's objects of this moment
     */
    public static Controllers start(ObjectStore store, Objects objects, ContainerRuntime runtime, InstantSource clock,
            RandomGenerator names, Duration podPhase, Function<String, MeshFindings> findings) {
        Controllers controllers = new Controllers(store, objects, runtime, clock, names, podPhase, findings);
        controllers.restoration.start();
        return controllers;
    }

    /** First the pods come back to the network with their old addresses, then everything gets its turn with the controllers. */
    private void restore() {
        try {
            long revision = store.revision();
            store.forEach(Kind.SERVICE.resource(), "", object -> services.restore(new Resource(object.value())));
            store.forEach(Kind.POD.resource(), "", object -> pods.restore(new Resource(object.value())));
            runtime.restored();
            follow(revision);
            queue.add(new Task(sweeper, "", ""));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the cluster's controllers did not start; restart the server");
        }
    }

    /** Gives everything its turn once, and from then on what changes after the revision. */
    private void follow(long revision) {
        subscription = store.watch("", "", revision, this::dispatch, this::followAgain);
        for (Kind kind : List.of(Kind.NAMESPACE, Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.POD, Kind.SERVICE)) {
            store.forEach(kind.resource(), "", object -> {
                queue.awaitFewerThan(FEW);
                dispatch(new ObjectEvent(ObjectEvent.Type.ADDED, object, Optional.empty()));
            });
        }
    }

    /** A change could not be told, for lack of memory perhaps: as nobody knows which, everything gets its turn again. */
    private void followAgain() {
        Thread.ofPlatform().daemon().name("controller-restoration").start(() -> follow(store.revision()));
    }

    private void dispatch(ObjectEvent event) {
        for (Controller controller : controllers) {
            controller.affected(event, (namespace, name) -> queue.add(new Task(controller, namespace, name)));
        }
    }

    /** Stops all loops; nothing is written any more afterwards. */
    @Override
    public void close() {
        subscription.close();
        queue.close();
        events.close();
        try {
            restoration.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.trafficlab.embedded.controller.pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.controller.Backoff;
import dev.trafficlab.embedded.controller.Conditions;
import dev.trafficlab.embedded.controller.Conditions.Condition;
import dev.trafficlab.embedded.controller.Controller;
import dev.trafficlab.embedded.controller.EventRecorder;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Pods;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.Timestamps;
import dev.trafficlab.embedded.controller.network.AddressPool;
import dev.trafficlab.embedded.controller.pod.Kubelet.SyncResult;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.runtime.PodIdentity;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Leads each pod through its life, as the scheduler and the node's kubelet do: placed, created, running, ended. */
public final class PodController implements Controller {

    private static final String SCHEDULER = "default-scheduler";
    private static final String KUBELET = "kubelet";

    private final ObjectClient state;
    private final EventRecorder events;
    private final ContainerRuntime runtime;
    private final AddressPool addresses;
    private final InstantSource clock;
    private final Duration phase;
    private final Backoff waits = new Backoff();
    private final Kubelet kubelet;

    /** @param phase how long a pod stays in each phase of its start */
    public PodController(ObjectClient state, EventRecorder events, ContainerRuntime runtime, AddressPool addresses,
            InstantSource clock, UUID boot, Duration phase) {
        this.state = state;
        this.events = events;
        this.runtime = runtime;
        this.addresses = addresses;
        this.clock = clock;
        this.phase = phase;
        this.kubelet = new Kubelet(state, runtime, waits, clock, boot, phase);
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        if (!event.object().key().resource().equals(Kind.POD.resource())) {
            return;
        }
        Resource pod = new Resource(event.object().value());
        if (event.type() == ObjectEvent.Type.DELETED) {
            waits.forget(pod.uid());
            leave(pod);
        } else {
            concerned.accept(pod.namespace(), pod.name());
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        Optional<Resource> found = state.find(Kind.POD, namespace, name);
        if (found.isEmpty() || Pods.isOver(found.get())) {
            return Optional.empty();
        }
        Resource pod = found.get();
        if (pod.isTerminating()) {
            return end(pod);
        }
        if (!Pods.hasNode(pod)) {
            return place(pod);
        }
        boolean isCreated = pod.status().has("containerStatuses");
        Optional<Duration> left = hasStarted(pod)
                ? Optional.empty()
                : waits.remaining(pod.uid(), isCreated ? "creating" : "pending", phase);
        if (left.isPresent()) {
            return left;
        }
        return isCreated || phase.isZero() ? run(pod) : announce(pod);
    }

    /** Brings a pod of an earlier process back to the network, before anybody asks for it. */
    public void restore(Resource pod) {
        if (!Pods.ip(pod).isEmpty() && addresses.claim(Pods.ip(pod))) {
            PodIdentity identity = identity(pod, Pods.ip(pod));
            runtime.add(identity);
            kubelet.sync(pod, identity);
        }
    }

    private Optional<Duration> place(Resource pod) {
        if (!NodeObject.suits(pod)) {
            String message = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.";
            state.editStatus(Kind.POD, pod, status -> Conditions.set(status,
                    new Condition("PodScheduled", "False", "Unschedulable", message), Timestamps.now(clock)));
            events.record(pod, SCHEDULER, EventMessage.warning("FailedScheduling", message));
            return Optional.empty();
        }
        state.edit(Kind.POD, pod, object -> object.withObjectProperty("spec").put("nodeName", NodeObject.NAME));
        events.record(pod, SCHEDULER, EventMessage.normal("Scheduled", "Successfully assigned " + pod.namespace() + "/"
                + pod.name() + " to " + NodeObject.NAME));
        return Optional.empty();
    }

    private static boolean hasStarted(Resource pod) {
        for (JsonNode status : pod.status().path("containerStatuses")) {
            String waiting = ContainerStatus.waitingReason(status);
            if (!waiting.equals("ContainerCreating") && !waiting.equals("PodInitializing")) {
                return true;
            }
        }
        return false;
    }

    /** The kubelet has seen the pod and goes about creating its containers. */
    private Optional<Duration> announce(Resource pod) {
        boolean hasInit = !pod.spec().path("initContainers").isEmpty();
        state.editStatus(Kind.POD, pod, status -> {
            begin(status);
            for (String conditionType : List.of("PodReadyToStartContainers", "Initialized", "Ready",
                    "ContainersReady")) {
                Conditions.set(status, new Condition(conditionType, conditionType.equals("Initialized") && !hasInit),
                        Timestamps.now(clock));
            }
            waiting(status, "initContainerStatuses", pod.spec().path("initContainers"), "PodInitializing");
            waiting(status, "containerStatuses", pod.spec().path("containers"), hasInit
                    ? "PodInitializing"
                    : "ContainerCreating");
        });
        return Optional.empty();
    }

    private void begin(ObjectNode status) {
        status.put("phase", "Pending").put("hostIP", NodeObject.IP);
        status.putArray("hostIPs").addObject().put("ip", NodeObject.IP);
        if (!status.has("startTime")) {
            status.put("startTime", Timestamps.now(clock));
        }
        Conditions.set(status, new Condition("PodScheduled", true), Timestamps.now(clock));
    }

    private static void waiting(ObjectNode status, String field, JsonNode containers, String reason) {
        if (!containers.isEmpty()) {
            ArrayNode statuses = status.putArray(field);
            containers.forEach(container -> statuses.add(ContainerStatus.waiting(container, status.path("none"), reason,
                    "")));
        }
    }

    private Optional<Duration> run(Resource pod) {
        PodIdentity identity = join(pod);
        SyncResult look = kubelet.sync(pod, identity);
        try {
            state.editStatus(Kind.POD, pod, status -> tell(status, identity, look));
        } catch (RuntimeException e) {
            if (!Pods.ip(pod).equals(identity.ip())) {
                leave(pod); // nobody knows of the address, so nobody would give it back
            }
            throw e;
        }
        look.happenings().forEach(happening -> events.record(pod, KUBELET, happening));
        return look.later();
    }

    private void tell(ObjectNode status, PodIdentity identity, SyncResult look) {
        String now = Timestamps.now(clock);
        begin(status);
        boolean ready = look.isInitialized()
                && look.containers().stream().allMatch(container -> container.path("ready").asBoolean());
        String unready = ready ? "" : "ContainersNotReady";
        String message = ready ? ""
                : "containers with unready status: " + look.containers()
                        .stream()
                        .filter(container -> !container.path("ready").asBoolean())
                        .map(container -> container.path("name").asText())
                        .toList()
                        .toString()
                        .replace(",", "");
        Conditions.set(status, new Condition("PodReadyToStartContainers", true), now);
        Conditions.set(status, new Condition("Initialized", look.isInitialized()), now);
        Conditions.set(status, new Condition("Ready", ready ? "True" : "False", unready, message), now);
        Conditions.set(status, new Condition("ContainersReady", ready ? "True" : "False", unready, message), now);
        if (!look.initContainers().isEmpty()) {
            status.putArray("initContainerStatuses").addAll(look.initContainers());
        }
        status.putArray("containerStatuses").addAll(look.containers());
        boolean hasRun = look.isInitialized() && look.containers()
                .stream()
                .anyMatch(container -> ContainerStatus.isRunning(container) || container.path("lastState")
                        .has("terminated"));
        status.put("phase", hasRun ? "Running" : "Pending");
        status.put("podIP", identity.ip());
        status.putArray("podIPs").addObject().put("ip", identity.ip());
    }

    private Optional<Duration> end(Resource pod) {
        Optional<Duration> left = waits.remaining(pod.uid(), "terminating", phase);
        if (left.isPresent()) {
            return left;
        }
        for (JsonNode container : pod.spec().path("containers")) {
            String name = container.path("name").asText();
            events.record(pod, KUBELET, EventMessage.normal("Killing", "Stopping container " + name).of(name));
        }
        state.delete(Kind.POD.type(), pod, Deletion.now());
        return Optional.empty();
    }

    /** The pod's place on the network. Its status may be written by others, so what counts is the address that it has. */
    private PodIdentity join(Resource pod) {
        Optional<PodIdentity> known = runtime.find(pod.uid());
        while (known.isEmpty()) {
            known = Optional.of(identity(pod, addresses.allocate())).filter(runtime::add);
        }
        return known.get();
    }

    private void leave(Resource pod) {
        runtime.find(pod.uid()).ifPresent(identity -> {
            runtime.remove(identity);
            addresses.release(identity.ip());
        });
    }

    private static PodIdentity identity(Resource pod, String ip) {
        return new PodIdentity(pod.namespace(), pod.name(), pod.uid(), ip);
    }
}

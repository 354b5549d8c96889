package dev.trafficlab.embedded.controller.workload;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.controller.Conditions;
import dev.trafficlab.embedded.controller.Conditions.Condition;
import dev.trafficlab.embedded.controller.Controller;
import dev.trafficlab.embedded.controller.EventRecorder;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.controller.GeneratedNames;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Ownership;
import dev.trafficlab.embedded.controller.Pods;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.Timestamps;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Keeps as many pods of a template as a ReplicaSet wants. */
public final class ReplicaSetController implements Controller {

    private static final String COMPONENT = "replicaset-controller";
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ObjectClient state;
    private final EventRecorder events;
    private final InstantSource clock;
    private final RandomGenerator dice;

    public ReplicaSetController(ObjectClient state, EventRecorder events, InstantSource clock, RandomGenerator dice) {
        this.state = state;
        this.events = events;
        this.clock = clock;
        this.dice = dice;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        Resource changed = new Resource(event.object().value());
        if (event.object().key().resource().equals(Kind.REPLICA_SET.resource())) {
            concerned.accept(changed.namespace(), changed.name());
        } else if (event.object().key().resource().equals(Kind.POD.resource())) {
            changed.controller()
                    .filter(owner -> owner.path("kind").asText().equals(Kind.REPLICA_SET.kind()))
                    .ifPresent(owner -> concerned.accept(changed.namespace(), owner.path("name").asText()));
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        Optional<Resource> found = state.find(Kind.REPLICA_SET, namespace, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Resource set = found.get();
        Optional<String> failure = Optional.empty();
        if (!set.isTerminating()) {
            List<Resource> active = active(Ownership.claim(state, set, Kind.POD));
            int missing = set.spec().path("replicas").asInt(1) - active.size();
            failure = missing > 0 ? create(set, missing) : Optional.empty();
            active.stream().sorted(Pods.EXPENDABLE_FIRST).limit(Math.max(0, -missing)).forEach(pod -> delete(set, pod));
        }
        return tell(set, failure);
    }

    private static List<Resource> active(List<Resource> pods) {
        return pods.stream().filter(pod -> !pod.isTerminating() && !Pods.isOver(pod)).toList();
    }

    /** Creates pods until one is refused; the reason of the refusal, if there was one. */
    private Optional<String> create(Resource set, int missing) {
        for (int i = 0; i < missing; i++) {
            try {
                Resource pod = state.create(Kind.POD, pod(set));
                events.record(set, COMPONENT, EventMessage.normal("SuccessfulCreate", "Created pod: " + pod.name()));
            } catch (ApiException refused) {
                String message = "Error creating: " + refused.getMessage();
                events.record(set, COMPONENT, EventMessage.warning("FailedCreate", message));
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    private ObjectNode pod(Resource set) {
        ObjectNode pod = ObjectClient.draft(Kind.POD, set.namespace(), set.name() + "-" + GeneratedNames.suffix(dice));
        ObjectNode metadata = pod.withObjectProperty("metadata").put("generateName", set.name() + "-");
        set.spec().path("template").path("metadata").properties().forEach(field -> {
            if (field.getKey().equals("labels") || field.getKey().equals("annotations")) {
                metadata.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        Ownership.control(pod, set);
        pod.set("spec", set.spec().path("template").path("spec").deepCopy());
        return pod;
    }

    private void delete(Resource set, Resource pod) {
        state.delete(Kind.POD, pod);
        events.record(set, COMPONENT, EventMessage.normal("SuccessfulDelete", "Deleted pod: " + pod.name()));
    }

    private Optional<Duration> tell(Resource set, Optional<String> failure) {
        List<Resource> pods = active(state.list(Kind.POD, set.namespace())
                .stream()
                .filter(pod -> pod.isControlledBy(set))
                .toList());
        int minReadySeconds = set.spec().path("minReadySeconds").asInt();
        List<Duration> waits = pods.stream()
                .flatMap(pod -> Pods.untilAvailable(pod, minReadySeconds, clock.instant()).stream())
                .toList();
        state.editStatus(Kind.REPLICA_SET, set, status -> {
            put(status, "replicas", pods.size());
            put(status, "fullyLabeledReplicas", pods.size());
            put(status, "readyReplicas", waits.size());
            put(status, "availableReplicas", (int) waits.stream().filter(Duration::isZero).count());
            status.put("observedGeneration", set.generation());
            failure.ifPresentOrElse(message -> Conditions.set(status,
                    new Condition("ReplicaFailure", "True", "FailedCreate", message), Timestamps.now(clock)),
                    () -> Conditions.remove(status, "ReplicaFailure"));
        });
        return failure.isPresent()
                ? Optional.of(RETRY)
                : waits.stream().filter(wait -> !wait.isZero()).min(Duration::compareTo);
    }

    /** Counts of zero are left out, but for the total. */
    private static void put(ObjectNode status, String field, int count) {
        if (count == 0 && !field.equals("replicas")) {
            status.remove(field);
        } else {
            status.put(field, count);
        }
    }
}

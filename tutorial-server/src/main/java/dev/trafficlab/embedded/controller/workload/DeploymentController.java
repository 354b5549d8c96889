package dev.trafficlab.embedded.controller.workload;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.controller.Controller;
import dev.trafficlab.embedded.controller.EventRecorder;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.controller.GeneratedNames;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Ownership;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Carries a Deployment from one template to the next by way of its ReplicaSets. */
public final class DeploymentController implements Controller {

    private static final String COMPONENT = "deployment-controller";
    private static final int FORBIDDEN = 403;

    private final ObjectClient state;
    private final EventRecorder events;
    private final DeploymentStatus status;

    public DeploymentController(ObjectClient state, EventRecorder events, InstantSource clock) {
        this.state = state;
        this.events = events;
        this.status = new DeploymentStatus(state, clock);
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        Resource changed = new Resource(event.object().value());
        String resource = event.object().key().resource();
        if (resource.equals(Kind.DEPLOYMENT.resource())) {
            concerned.accept(changed.namespace(), changed.name());
        } else if (resource.equals(Kind.REPLICA_SET.resource())) {
            changed.controller()
                    .filter(owner -> owner.path("kind").asText().equals(Kind.DEPLOYMENT.kind()))
                    .ifPresent(owner -> concerned.accept(changed.namespace(), owner.path("name").asText()));
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        Optional<Resource> found = state.find(Kind.DEPLOYMENT, namespace, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Rollout rollout = Rollout.of(found.get(), Ownership.claim(state, found.get(), Kind.REPLICA_SET));
        if (found.get().isTerminating()) {
            return status.tell(rollout);
        }
        rollout = rollout.isPaused() ? resize(rollout) : advance(rollout);
        Optional<Duration> later = status.tell(rollout);
        forgetOldOnes(rollout);
        return later;
    }

    /** One step of the rollout. The ReplicaSets' changes of status bring us back for the next one. */
    private Rollout advance(Rollout rollout) {
        if (rollout.isRecreated() && isAnyOldPodLeft(rollout)) {
            return scaleOld(rollout);
        }
        Rollout named = number(rollout.current().isPresent() ? rollout : rollout.with(create(rollout)));
        Resource current = named.current().orElseThrow();
        Resource scaled = scale(named, current, named.wantedOfCurrent());
        return Rollout.wanted(scaled) == Rollout.wanted(current) ? scaleOld(named) : named.with(scaled);
    }

    private boolean isAnyOldPodLeft(Rollout rollout) {
        return Rollout.sum(rollout.old(), set -> Rollout.wanted(set) + Rollout.actual(set)) > 0;
    }

    private Resource create(Rollout rollout) {
        Resource deployment = rollout.deployment();
        int collisions = deployment.status().path("collisionCount").asInt();
        String hash = GeneratedNames.templateHash(deployment.spec().path("template"), collisions);
        String name = deployment.name() + "-" + hash;
        if (state.find(Kind.REPLICA_SET, deployment.namespace(), name).isPresent()) {
            // Another template has this hash, or somebody else this name: the next attempt hashes differently.
            state.editStatus(Kind.DEPLOYMENT, deployment, status -> status.put("collisionCount", collisions + 1));
            throw new dev.trafficlab.embedded.store.ConflictException("ReplicaSet " + name + " is taken");
        }
        ObjectNode set = ObjectClient.draft(Kind.REPLICA_SET, deployment.namespace(), name);
        ObjectNode template = deployment.spec().path("template").deepCopy();
        template.withObjectProperty("metadata").withObjectProperty("labels").put(Rollout.HASH, hash);
        set.withObjectProperty("metadata").set("labels", template.path("metadata").path("labels").deepCopy());
        Revisions.mark(set, rollout, Revisions.after(rollout.old()));
        Ownership.control(set, deployment);
        ObjectNode spec = set.putObject("spec");
        int replicas = rollout.wantedOfCurrent();
        spec.put("replicas", replicas);
        ObjectNode selector = deployment.spec().path("selector").deepCopy();
        selector.withObjectProperty("matchLabels").put(Rollout.HASH, hash);
        spec.set("selector", selector);
        spec.set("template", template);
        if (deployment.spec().path("minReadySeconds").asInt() > 0) {
            spec.put("minReadySeconds", deployment.spec().path("minReadySeconds").asInt());
        }
        Resource created = create(deployment, set);
        if (replicas > 0) {
            tellScaling(deployment, created, 0, replicas);
        }
        return created;
    }

    private Resource create(Resource deployment, ObjectNode set) {
        try {
            return state.create(Kind.REPLICA_SET, set);
        } catch (ApiException refused) {
            if (refused.code() == FORBIDDEN) {
                events.recordOnce(deployment, COMPONENT, EventMessage.warning("ReplicaSetCreateError",
                        "Failed to create new replica set \"" + set.path("metadata").path("name").asText() + "\": "
                                + refused.getMessage()));
            }
            throw refused;
        }
    }

    /** A template that comes back, as by {@code kubectl rollout undo}, gets a new number. */
    private Rollout number(Rollout rollout) {
        Resource current = rollout.current().orElseThrow();
        Resource marked = state.edit(Kind.REPLICA_SET, current,
                set -> Revisions.mark(set, rollout, Revisions.after(rollout.old())));
        Resource deployment = state.edit(Kind.DEPLOYMENT, rollout.deployment(),
                object -> Revisions.copy(object, marked));
        return new Rollout(deployment, Optional.of(marked), rollout.old());
    }

    /** A paused Deployment keeps its templates as they are; its newest ReplicaSet takes up what a change of size brings. */
    private Rollout resize(Rollout rollout) {
        List<Resource> active = rollout.all().stream().filter(set -> Rollout.wanted(set) > 0).toList();
        Optional<Resource> newest = rollout.current()
                .filter(active::contains)
                .or(() -> active.stream().reduce((_, later) -> later))
                .or(rollout::current);
        newest.ifPresent(set -> scale(rollout, set, Math.max(0,
                Rollout.wanted(set) + rollout.replicas() - Rollout.sum(rollout.all(), Rollout::wanted))));
        return rollout;
    }

    private Rollout scaleOld(Rollout rollout) {
        List<Integer> wanted = rollout.wantedOfOld();
        for (int i = 0; i < wanted.size(); i++) {
            scale(rollout, rollout.old().get(i), wanted.get(i));
        }
        return rollout;
    }

    private Resource scale(Rollout rollout, Resource set, int replicas) {
        int before = Rollout.wanted(set);
        if (before == replicas) {
            return set;
        }
        Resource scaled = state.edit(Kind.REPLICA_SET, set, object -> {
            object.withObjectProperty("spec").put("replicas", replicas);
            Revisions.size(object.withObjectProperty("metadata").withObjectProperty("annotations"), rollout);
        });
        tellScaling(rollout.deployment(), set, before, replicas);
        return scaled;
    }

    private void tellScaling(Resource deployment, Resource set, int from, int to) {
        events.record(deployment, COMPONENT, EventMessage.normal("ScalingReplicaSet",
                "Scaled %s replica set %s from %d to %d"
                        .formatted(to > from ? "up" : "down", set.name(), from, to)));
    }

    /** Old templates beyond the history's limit go, once the new one is fully there. */
    private void forgetOldOnes(Rollout rollout) {
        if (!rollout.isComplete()) {
            return;
        }
        int kept = rollout.deployment().spec().path("revisionHistoryLimit").asInt(10);
        List<Resource> idle = rollout.old()
                .stream()
                .filter(set -> Rollout.wanted(set) == 0 && Rollout.actual(set) == 0 && !set.isTerminating())
                .sorted(Comparator.comparing(Revisions::of))
                .toList();
        idle.stream().limit(Math.max(0, idle.size() - kept)).forEach(set -> state.delete(Kind.REPLICA_SET, set));
    }
}

package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.api.write.Deletion.Propagation;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Deletes what has lost all of its owners, and lets owners go that wait for their dependents. Its object is a namespace as a whole. */
final class GarbageCollector implements Controller {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Set<String> OWNS_NOTHING = Set.of(Kind.EVENT.resource(), Kind.ENDPOINTS.resource(),
            Kind.ENDPOINT_SLICE.resource());

    private static final List<ResourceType> COLLECTED = ResourceTypes.all()
            .stream()
            .filter(type -> type.namespaced() && !type.resource().equals(Kind.EVENT.resource()))
            .toList();

    private final ObjectClient state;

    GarbageCollector(ObjectClient state) {
        this.state = state;
    }

    private record Member(ResourceType type, Resource object) {}

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        Resource object = new Resource(event.object().value());
        boolean waits = object.isTerminating() && (object.hasFinalizer(FOREGROUND) || object.hasFinalizer(ORPHAN));
        if ((event.type() == ObjectEvent.Type.DELETED || waits) && !object.namespace().isEmpty()
                && !OWNS_NOTHING.contains(event.object().key().resource())) {
            concerned.accept(object.namespace(), "");
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String none) {
        List<Member> members = new ArrayList<>();
        for (ResourceType type : COLLECTED) {
            state.list(type, namespace).forEach(object -> members.add(new Member(type, object)));
        }
        for (Member member : members) {
            if (member.object().isTerminating() && member.object().hasFinalizer(ORPHAN)) {
                orphan(member, members);
            } else if (member.object().isTerminating() && member.object().hasFinalizer(FOREGROUND)) {
                clear(member, members);
            } else if (!member.object().isTerminating() && hasLostItsOwners(member.object())) {
                collect(member);
            }
        }
        return Optional.empty();
    }

    /** Looked at once more: its owner may have let go of it since we listed it, and gone only then. */
    private void collect(Member member) {
        state.find(member.type(), member.object().namespace(), member.object().name())
                .filter(this::hasLostItsOwners)
                .ifPresent(object -> state.delete(member.type(), object, with(Propagation.BACKGROUND)));
    }

    private void orphan(Member owner, List<Member> members) {
        for (Member dependent : dependents(owner, members)) {
            state.edit(dependent.type(), dependent.object(), object -> Ownership.release(object, owner.object().uid()));
        }
        letGo(owner, ORPHAN);
    }

    private void clear(Member owner, List<Member> members) {
        List<Member> dependents = dependents(owner, members);
        for (Member dependent : dependents) {
            if (!dependent.object().isTerminating()) {
                boolean isLeaf = dependent.type().resource().equals(Kind.POD.resource());
                state.delete(dependent.type(), dependent.object(), with(isLeaf ? Propagation.BACKGROUND
                        : Propagation.FOREGROUND));
            }
        }
        if (dependents.isEmpty()) {
            letGo(owner, FOREGROUND);
        }
    }

    private static List<Member> dependents(Member owner, List<Member> members) {
        return members.stream().filter(member -> Ownership.isOwnedBy(member.object(), owner.object().uid())).toList();
    }

    private void letGo(Member owner, String finalizer) {
        state.edit(owner.type(), owner.object(), object -> remove(object, finalizer));
    }

    private static void remove(ObjectNode object, String finalizer) {
        ArrayNode finalizers = object.withObjectProperty("metadata").withArrayProperty("finalizers");
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asText().equals(finalizer)) {
                finalizers.remove(i);
            }
        }
        if (finalizers.isEmpty()) {
            object.withObjectProperty("metadata").remove("finalizers");
        }
    }

    private boolean hasLostItsOwners(Resource object) {
        JsonNode references = object.metadata().path("ownerReferences");
        for (JsonNode reference : references) {
            if (exists(reference, object.namespace())) {
                return false;
            }
        }
        return !references.isEmpty();
    }

    /** Asked of the store itself, as the owner may be younger than our list. An owner of a kind unknown here counts as present. */
    private boolean exists(JsonNode reference, String namespace) {
        String apiVersion = reference.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1),
                reference.path("kind").asText())
                .map(type -> state.find(type, namespace, reference.path("name").asText())
                        .filter(owner -> owner.uid().equals(reference.path("uid").asText()))
                        .isPresent())
                .orElse(true);
    }

    private static Deletion with(Propagation propagation) {
        return new Deletion(Optional.of(propagation), OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
    }
}

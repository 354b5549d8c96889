package dev.trafficlab.embedded.api.write;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * How an object is to be deleted.
 *
 * @param propagation what becomes of its dependents: the kind's default when empty
 * @param graceSeconds how long a pod may take to end; the pod's own wish when empty
 * @param uid the object must have it
 * @param revision the object must have it
 */
public record Deletion(Optional<Propagation> propagation, OptionalLong graceSeconds, Optional<String> uid,
        OptionalLong revision) {

    private static final String GRACE = "deletionGracePeriodSeconds";
    private static final long USUAL_GRACE = 30;
    private static final long LONGEST_GRACE = 1L << 32;

    /** What becomes of an object's dependents. */
    public enum Propagation {
        /** They are deleted once the owner is gone. */
        BACKGROUND,
        /** They are deleted first; the owner waits with the finalizer {@code foregroundDeletion}. */
        FOREGROUND,
        /** They stay; the owner waits with the finalizer {@code orphan} until they have let go of it. */
        ORPHAN
    }

    /** The usual way. */
    public static Deletion usual() {
        return new Deletion(Optional.empty(), OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** Without waiting for anybody: how the kubelet takes away a pod that has ended. */
    public static Deletion now() {
        return new Deletion(Optional.empty(), OptionalLong.of(0), Optional.empty(), OptionalLong.empty());
    }

    /** Marks the object as going, with what holds it back. */
    public ObjectNode mark(ResourceType type, ObjectNode object, Instant now) {
        ObjectNode metadata = Metadata.of(object);
        long grace = type.plural().equals("pods") ? grace(object) : 0;
        if (!metadata.has("deletionTimestamp")) {
            metadata.put("deletionTimestamp", Metadata.timestamp(now.plusSeconds(grace)));
        }
        metadata.put(GRACE, Math.min(grace, metadata.path(GRACE).asLong(grace)));
        switch (propagation.orElse(Propagation.BACKGROUND)) {
            case BACKGROUND -> {
                // its dependents follow once it is gone
            }
            case FOREGROUND -> Metadata.addFinalizer(object, "foregroundDeletion");
            case ORPHAN -> Metadata.addFinalizer(object, "orphan");
        }
        if (type.kind().equals("Namespace")) {
            object.withObject("/status").put("phase", "Terminating");
        }
        return object;
    }

    /** A pod that no node runs has nothing to wait for. */
    private long grace(ObjectNode pod) {
        if (pod.path("spec").path("nodeName").asText().isEmpty()) {
            return 0;
        }
        long wish = graceSeconds.orElse(pod.path("spec").path("terminationGracePeriodSeconds").asLong(USUAL_GRACE));
        // As there, less than nothing counts as one second; no time that can be written is further away than the other bound.
        return wish < 0 ? 1 : Math.min(wish, LONGEST_GRACE);
    }

    /** Whether nothing holds the marked object back. */
    public static boolean isDue(ObjectNode marked) {
        return Metadata.isFinalized(marked) && marked.path("metadata").path(GRACE).asLong() == 0;
    }

    /** Refuses when the object is not the one that was meant. */
    public void requirePreconditions(ResourceType type, StoredObject object) {
        String known = object.value().path("metadata").path("uid").asText();
        uid.filter(wish -> !wish.equals(known)).ifPresent(wish -> {
            throw ApiException.conflict(type, object.key().name(), "the UID in the precondition (" + wish
                    + ") does not match the UID in record (" + known
                    + "). The object might have been deleted and then recreated");
        });
        if (revision.isPresent() && revision.getAsLong() != object.revision()) {
            throw ApiException.conflict(type, object.key().name(), "the ResourceVersion in the precondition ("
                    + revision.getAsLong() + ") does not match the ResourceVersion in record (" + object.revision()
                    + "). The object might have been modified");
        }
    }
}

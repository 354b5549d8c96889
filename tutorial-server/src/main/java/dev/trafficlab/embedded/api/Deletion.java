package dev.trafficlab.embedded.api;

import java.util.Optional;
import java.util.OptionalLong;

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
}

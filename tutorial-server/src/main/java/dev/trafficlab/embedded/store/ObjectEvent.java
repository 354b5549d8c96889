package dev.trafficlab.embedded.store;

import java.util.Optional;

/**
 * One change, in the order of revisions.
 *
 * @param type what happened
 * @param object the object after the change; for a deletion its last state, at the revision of the deletion
 * @param previous the object before the change; empty for an addition, or when the history no longer knows it
 */
public record ObjectEvent(Type type, StoredObject object, Optional<StoredObject> previous) {

    /** What can happen to an object. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}

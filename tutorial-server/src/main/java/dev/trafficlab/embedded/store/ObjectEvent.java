package dev.trafficlab.embedded.store;

/**
 * One change, in the order of revisions.
 *
 * @param type what happened
 * @param object the object after the change; for a deletion its last state, at the revision of the deletion
 */
public record ObjectEvent(Type type, StoredObject object) {

    /** What can happen to an object. */
    public enum Type {
        ADDED, MODIFIED, DELETED
    }
}

package dev.trafficlab.embedded.api.write;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** What a write may touch. */
public enum UpdateScope {
    /** Everything but the status. */
    ALL_BUT_STATUS,
    /** The status alone. */
    STATUS;

    /** Takes from the old object what the write may not touch. */
    public void keepTheRest(ResourceType type, ObjectNode old, ObjectNode next) {
        if (this == ALL_BUT_STATUS) {
            if (type.subresources().contains("status")) {
                Metadata.copy(old, next, "status");
            }
            return;
        }
        ObjectNode wish = next.deepCopy();
        next.removeAll();
        next.setAll(old.deepCopy());
        Metadata.copy(wish, next, "status");
        Metadata.copy(wish.path("metadata"), Metadata.of(next), "managedFields");
    }
}

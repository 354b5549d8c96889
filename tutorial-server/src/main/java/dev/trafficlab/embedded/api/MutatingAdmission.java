package dev.trafficlab.embedded.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What changes new objects before they are judged and stored, as a mutating webhook does. */
@FunctionalInterface
public interface MutatingAdmission {

    /** Changes the new object, its metadata being complete, as it likes. */
    void mutate(ResourceType type, ObjectNode object);
}

package dev.trafficlab.embedded.controller;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who controls whom, by owner references. */
public final class Ownership {

    private Ownership() {}

    /** Makes the new object the owner's. */
    public static void control(ObjectNode object, Resource owner) {
        ObjectNode reference = object.withObjectProperty("metadata").withArrayProperty("ownerReferences").addObject();
        reference.put("apiVersion", owner.json().path("apiVersion").asText()).put("kind", owner.kind());
        reference.put("name", owner.name()).put("uid", owner.uid());
        reference.put("controller", true).put("blockOwnerDeletion", true);
    }

    /** Ends the owner's hold on the object. */
    static void release(ObjectNode object, String ownerUid) {
        ArrayNode references = object.withObjectProperty("metadata").withArrayProperty("ownerReferences");
        for (int i = references.size() - 1; i >= 0; i--) {
            if (references.get(i).path("uid").asText().equals(ownerUid)) {
                references.remove(i);
            }
        }
        if (references.isEmpty()) {
            object.withObjectProperty("metadata").remove("ownerReferences");
        }
    }

    /** The objects that are the owner's. Those that its selector no longer meets are let go, and orphans that it meets taken in. */
    public static List<Resource> claim(ObjectClient state, Resource owner, Kind kind) {
        WorkloadSelector selector = WorkloadSelector.of(owner.spec().path("selector"));
        List<Resource> claimed = new ArrayList<>();
        for (Resource candidate : state.list(kind, owner.namespace())) {
            boolean selected = selector.matches(candidate.labels());
            if (candidate.isControlledBy(owner)) {
                if (selected || owner.isTerminating()) {
                    claimed.add(candidate);
                } else {
                    state.edit(kind, candidate, object -> release(object, owner.uid()));
                }
            } else if (selected && candidate.controller().isEmpty() && !candidate.isTerminating()
                    && !owner.isTerminating()) {
                claimed.add(state.edit(kind, candidate, object -> control(object, owner)));
            }
        }
        return claimed;
    }

    /** Whether the object names the owner in any reference. */
    static boolean isOwnedBy(Resource object, String ownerUid) {
        for (JsonNode reference : object.metadata().path("ownerReferences")) {
            if (reference.path("uid").asText().equals(ownerUid)) {
                return true;
            }
        }
        return false;
    }
}

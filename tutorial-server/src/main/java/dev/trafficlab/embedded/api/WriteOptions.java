package dev.trafficlab.embedded.api;

import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How something is written.
 *
 * @param dryRun whether only to say what would come of it
 * @param hook sees the object before and after, and may note on it who owns its fields, or refuse
 */
public record WriteOptions(boolean dryRun, BiConsumer<Optional<ObjectNode>, ObjectNode> hook) {

    /** The cluster's own writes: for real, and nobody owns what they touch. */
    static final WriteOptions OURS = new WriteOptions(false, (_, _) -> {});
}

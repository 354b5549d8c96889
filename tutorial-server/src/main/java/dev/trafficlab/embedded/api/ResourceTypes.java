package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Optional;

/** The kinds that the embedded cluster serves. */
public final class ResourceTypes {

    private ResourceTypes() {}

    /** All of them, core group first. */
    public static List<ResourceType> all() {
        throw new UnsupportedOperationException("schema");
    }

    /** The kind served under the group, version and plural. */
    public static Optional<ResourceType> byPlural(String group, String version, String plural) {
        throw new UnsupportedOperationException("schema");
    }

    /** The kind served under the group, version and kind's name. */
    public static Optional<ResourceType> byKind(String group, String version, String kind) {
        throw new UnsupportedOperationException("schema");
    }
}

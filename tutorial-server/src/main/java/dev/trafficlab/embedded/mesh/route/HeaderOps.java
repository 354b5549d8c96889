package dev.trafficlab.embedded.mesh.route;

import java.util.List;

/**
 * Changes to headers, in Envoy's order: all removals, then all sets, then all additions.
 *
 * @param remove names to remove
 * @param set headers to set, whatever was there
 * @param add headers to add to what is there
 */
public record HeaderOps(List<String> remove, List<HeaderValue> set, List<HeaderValue> add) {

    /** No change. */
    public static final HeaderOps NONE = new HeaderOps(List.of(), List.of(), List.of());

    public HeaderOps {
        remove = List.copyOf(remove);
        set = List.copyOf(set);
        add = List.copyOf(add);
    }

    /** A header to write; the value may hold Envoy's variables, {@code %REQ(x-user)%}. */
    public record HeaderValue(String name, String value) {}

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return remove.isEmpty() && set.isEmpty() && add.isEmpty();
    }

    /** These and then the other's, as one list. */
    public HeaderOps and(HeaderOps other) {
        if (other.isEmpty()) {
            return this;
        }
        return isEmpty() ? other
                : new HeaderOps(join(remove, other.remove), join(set, other.set), join(add, other.add));
    }

    private static <T> List<T> join(List<T> first, List<T> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
    }
}

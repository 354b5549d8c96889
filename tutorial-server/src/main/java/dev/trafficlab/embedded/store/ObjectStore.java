package dev.trafficlab.embedded.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * All objects under one global revision. An acknowledged write survives {@code kill -9}. Safe for any number of threads.
 *
 * <p>The store stamps {@code metadata.resourceVersion}; every other rule (uid, generation, defaults) is its caller's.
 */
public final class ObjectStore implements AutoCloseable {

    /** Opens the store in the file, creating it when absent; in memory when no file is given. */
    public static ObjectStore open(Optional<Path> file) {
        throw new UnsupportedOperationException("store");
    }

    /** The revision of the newest write. */
    public long revision() {
        throw new UnsupportedOperationException("store");
    }

    /** The object, if there is one. */
    public Optional<StoredObject> get(ObjectKey key) {
        throw new UnsupportedOperationException("store");
    }

    /** All objects of the resource in the namespace (empty: in all namespaces), by namespace and name, as of one revision. */
    public Snapshot list(String resource, String namespace) {
        throw new UnsupportedOperationException("store");
    }

    /**
     * Writes the object. A value equal to the stored one (but for resourceVersion) changes nothing and makes no event.
     *
     * @param expected 0: it must not exist yet; another value: the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     */
    public StoredObject put(ObjectKey key, ObjectNode value, OptionalLong expected) {
        throw new UnsupportedOperationException("store");
    }

    /**
     * Removes the object; gone already is fine.
     *
     * @param expected the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     */
    public Optional<StoredObject> remove(ObjectKey key, OptionalLong expected) {
        throw new UnsupportedOperationException("store");
    }

    /**
     * Tells the consumer of every later change of the resource (empty: of all resources) in the namespace (empty: in all), in
     * revision order, one at a time, on a thread of the store's: the consumer must not block.
     *
     * @param after changes with a greater revision are told
     * @throws CompactedException when the history no longer reaches back to that revision
     */
    public Subscription watch(String resource, String namespace, long after, Consumer<ObjectEvent> consumer) {
        throw new UnsupportedOperationException("store");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("store");
    }

    /**
     * A list as of one moment.
     *
     * @param revision the store's revision at that moment
     * @param objects the objects, by namespace and name
     */
    public record Snapshot(long revision, List<StoredObject> objects) {

        public Snapshot {
            objects = List.copyOf(objects);
        }
    }

    /** A running watch; closing it ends it. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

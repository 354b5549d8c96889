package dev.trafficlab.embedded.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.store.ObjectEvent.Type;

/**
 * All objects under one global revision. An acknowledged write survives {@code kill -9}. Safe for any number of threads.
 *
 * <p>The store stamps {@code metadata.resourceVersion}; every other rule (uid, generation, defaults) is its caller's.
 */
public final class ObjectStore implements AutoCloseable {

    /** How many changes a watcher may be behind. */
    static final int HISTORY = 20_000;

    private static final int PAGE = 500;

    private final StoreFile file;
    private final ObjectMap objects;
    private final History history;
    private final Dispatcher dispatcher = new Dispatcher();
    private final Writer writer = new Writer(this::commit, this::idle);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final List<ObjectEvent> told = new ArrayList<>();
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private volatile long revision;

    private ObjectStore(StoreFile file, int kept) {
        this.file = file;
        this.objects = new ObjectMap(file.store());
        this.history = new History(file.store(), kept);
        this.revision = history.revision();
    }

    /** Opens the store in the file, creating it when absent; in memory when no file is given. */
    public static ObjectStore open(Optional<Path> file) {
        return open(file, HISTORY);
    }

    static ObjectStore open(Optional<Path> file, int history) {
        ObjectStore store = new ObjectStore(StoreFile.open(file), history);
        store.dispatcher.start();
        store.writer.start();
        return store;
    }

    /** The revision of the newest write. */
    public long revision() {
        return revision;
    }

    /**
     * The revision of the newest write in the namespace since the store was opened, 0 when there was none. Whoever reads it and then
     * the namespace's objects sees that write at least; the end of the Namespace itself sets it back to 0.
     */
    public long revision(String namespace) {
        return newest.getOrDefault(namespace, 0L);
    }

    /** The object, if there is one. */
    public Optional<StoredObject> get(ObjectKey key) {
        return reading(() -> objects.get(key));
    }

    /** All objects of the resource in the namespace (empty: in all namespaces), by namespace and name, as of one revision. */
    public Snapshot list(String resource, String namespace) {
        return read(resource, namespace, KeyCodec.first(resource, namespace), Integer.MAX_VALUE);
    }

    /**
     * At most so many objects of the resource in the namespace (empty: in all namespaces), by namespace and name.
     *
     * @param after the object that the page before ended with; empty for the first page
     */
    public Snapshot page(String resource, String namespace, Optional<ObjectKey> after, int limit) {
        return read(resource, namespace, after.map(KeyCodec::after).orElse(KeyCodec.first(resource, namespace)), limit);
    }

    /**
     * Shows all objects of the resource in the namespace (empty: in all namespaces) one by one, so that no more than a few are in
     * memory. They are not of one moment: an object written meanwhile may be shown as it was or as it is.
     */
    public void forEach(String resource, String namespace, Consumer<StoredObject> consumer) {
        Snapshot page = page(resource, namespace, Optional.empty(), PAGE);
        while (!page.objects().isEmpty()) {
            page.objects().forEach(consumer);
            page = page(resource, namespace, Optional.of(page.objects().getLast().key()), PAGE);
        }
    }

    private Snapshot read(String resource, String namespace, String from, int limit) {
        record Scan(long revision, List<ObjectMap.Found> found) {}
        Scan scan = reading(() -> new Scan(revision, objects.scan(from, KeyCodec.end(resource, namespace), limit)));
        return new Snapshot(scan.revision(), scan.found().stream().map(ObjectMap.Found::object).toList());
    }

    /**
     * Writes the object. A value equal to the stored one (but for resourceVersion) changes nothing and makes no event.
     *
     * @param expected 0: it must not exist yet; another value: the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     */
    public StoredObject put(ObjectKey key, ObjectNode value, OptionalLong expected) {
        byte[] json = Codec.encode(value);
        return writer.write(() -> Optional.of(store(key, json, expected))).orElseThrow();
    }

    private StoredObject store(ObjectKey key, byte[] json, OptionalLong expected) {
        Optional<StoredObject> before = expected(key, expected);
        StoredObject next = Codec.decode(key, history.revision() + 1, json, 0);
        if (before.isPresent() && isSame(before.get(), next, json)) {
            return before.get();
        }
        objects.put(next, json);
        record(new ObjectEvent(before.isPresent() ? Type.MODIFIED : Type.ADDED, next, before), json);
        return next;
    }

    private boolean isSame(StoredObject before, StoredObject next, byte[] json) {
        byte[] old = objects.raw(before.key()).orElseThrow();
        return Arrays.equals(old, Long.BYTES, old.length, json, 0, json.length)
                || old.length == Long.BYTES + json.length
                        && Codec.at(before.revision(), next).value().equals(before.value());
    }

    /**
     * Removes the object; gone already is fine.
     *
     * @param expected the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     */
    public Optional<StoredObject> remove(ObjectKey key, OptionalLong expected) {
        return writer.write(() -> expected(key, expected).map(this::erase));
    }

    private StoredObject erase(StoredObject before) {
        byte[] json = Codec.json(objects.raw(before.key()).orElseThrow());
        StoredObject last = Codec.at(history.revision() + 1, before);
        objects.remove(before.key());
        record(new ObjectEvent(Type.DELETED, last, Optional.of(before)), json);
        return last;
    }

    private void record(ObjectEvent event, byte[] json) {
        long previous = event.previous().map(StoredObject::revision).orElse(0L);
        if (!event.object().key().namespace().isEmpty()) {
            newest.put(event.object().key().namespace(), event.object().revision());
        } else if (event.type() == Type.DELETED && event.object().key().resource().equals("namespaces")) {
            newest.remove(event.object().key().name());
        }
        history.append(event.type(), event.object().key(), event.object().revision(), previous, json);
        told.add(event);
    }

    private Optional<StoredObject> expected(ObjectKey key, OptionalLong expected) {
        Optional<StoredObject> before = objects.get(key);
        long found = before.map(StoredObject::revision).orElse(0L);
        if (expected.isPresent() && found != expected.getAsLong()) {
            throw new ConflictException(key + " was expected at revision " + expected.getAsLong() + " but is at "
                    + found);
        }
        return before;
    }

    /** Applies the writes and makes them durable; nobody reads meanwhile, so nobody sees what could still be lost. */
    private void commit(List<Writer.Write> writes) {
        lock.writeLock().lock();
        try {
            writes.forEach(Writer.Write::apply);
            history.trim();
            file.commit();
            revision = history.revision();
            dispatcher.publish(List.copyOf(told));
        } catch (RuntimeException e) {
            file.rollback();
            objects.forgetDecoded();
            throw e;
        } finally {
            told.clear();
            lock.writeLock().unlock();
        }
    }

    private void idle() {
        lock.writeLock().lock();
        try {
            file.compact();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Tells the consumer of every later change of the resource (empty: of all resources) in the namespace (empty: in all), in
     * revision order, one at a time, on a thread of the store's: the consumer must not block.
     *
     * @param after changes with a greater revision are told
     * @throws CompactedException when the history no longer reaches back to that revision
     */
    public Subscription watch(String resource, String namespace, long after, Consumer<ObjectEvent> consumer) {
        WatchSelector scope = new WatchSelector(resource, namespace);
        return reading(() -> {
            if (after < history.floor()) {
                throw new CompactedException("too old resource version: " + after + " (" + history.floor() + ")");
            }
            return dispatcher.subscribe(scope, after, history.after(after, scope), consumer);
        });
    }

    /** The oldest revision from which a watch can still start. */
    public long oldestRevision() {
        return reading(history::floor);
    }

    /**
     * Calls once, on the thread that tells the watchers, after all watchers have been told of everything up to the present revision.
     */
    public void whenTold(LongConsumer action) {
        reading(() -> {
            dispatcher.run(revision, action);
            return revision;
        });
    }

    private <T> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        writer.close();
        dispatcher.close();
        file.close();
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

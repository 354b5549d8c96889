package dev.trafficlab.embedded.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.StoreHealth.State;
import dev.trafficlab.embedded.store.file.Codec;
import dev.trafficlab.embedded.store.file.KeyCodec;
import dev.trafficlab.embedded.store.file.ReopenedFile;

/**
 * All objects under one global revision. An acknowledged write survives {@code kill -9}. Safe for any number of threads.
 *
 * <p>The store stamps {@code metadata.resourceVersion}; every other rule (uid, generation, defaults) is its caller's.
 *
 * <p><b>A failed commit</b> (disk full, I/O error, no memory) makes MVStore close itself. The store then opens the file again by itself.
 * What the file holds says whether the failed writes are in it: all of them, as a commit is whole or not there; then they are acknowledged
 * and told to the watchers as if nothing had happened; or none, then each fails with a {@link StoreUnavailableException}. Either way
 * everything acknowledged before is there, no revision is told twice, and no watcher has to list again. While the file cannot be opened,
 * reads and writes fail alike, and it is tried every second; freed disk space thus heals without a hand. Where acknowledged writes are
 * missing, or after half a minute of trying, the store is {@link #lost}: its owner is to end the process, so that a supervisor starts
 * another one.
 */
public final class ObjectStore implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ObjectStore.class);
    private static final int PAGE = 500;
    private static final int MOST_BACKLOG = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ObjectKey PROBE = new ObjectKey("namespaces", "", "default");

    private final ReopenedFile file;
    private final History history;
    private final Room room;
    private final Dispatcher dispatcher = new Dispatcher();
    private final Writer writer = new Writer(this::commit, this::idle);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Changes changes;
    private final Map<String, Long> newest = new ConcurrentHashMap<>();
    private volatile long revision;
    private volatile boolean failing;

    private ObjectStore(Optional<Path> path, StoreLimits limits) {
        this.file = new ReopenedFile(path);
        this.changes = new Changes(file);
        this.room = new Room(path, limits.freeSpace());
        this.revision = file.get().revision();
        this.history = new History(revision, limits);
    }

    /**
     * Opens the store in the file, creating it when absent; in memory when no file is given.
     *
     * @throws StoreStartException when the file cannot be opened as it is
     */
    public static ObjectStore open(Optional<Path> file) {
        return open(file, StoreLimits.ofThisMachine());
    }

    /** Opens the store, which will keep to the limits. */
    public static ObjectStore open(Optional<Path> file, StoreLimits limits) {
        ObjectStore store = new ObjectStore(file, limits);
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
        return reading(() -> file.get().objects().get(key));
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

    /** How many objects of the resource the namespace has; none of them is read. */
    public int count(String resource, String namespace) {
        return reading(() -> file.get()
                .objects()
                .scan(KeyCodec.first(resource, namespace), KeyCodec.end(resource, namespace), Integer.MAX_VALUE)
                .size());
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
        Scan scan = reading(() -> new Scan(revision, file.get()
                .objects()
                .scan(from, KeyCodec.end(resource, namespace), limit)));
        return new Snapshot(scan.revision(), scan.found().stream().map(ObjectMap.Found::object).toList());
    }

    /**
     * Writes the object. A value equal to the stored one (but for resourceVersion) changes nothing and makes no event.
     *
     * @param expected 0: it must not exist yet; another value: the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     * @throws StoreUnavailableException when it could not be made durable; nothing is changed then
     */
    public StoredObject put(ObjectKey key, ObjectNode value, OptionalLong expected) {
        return put(key, value, expected, Long.MAX_VALUE);
    }

    /**
     * Writes the object unless its namespace would grow beyond so many bytes by it.
     *
     * @throws QuotaExceededException when it would
     */
    public StoredObject put(ObjectKey key, ObjectNode value, OptionalLong expected, long mostBytes) {
        byte[] json = Codec.encode(value);
        return writer.write(json.length, () -> Optional.of(changes.put(key, json, expected, mostBytes))).orElseThrow();
    }

    /**
     * Judges a write as {@link #put(ObjectKey, ObjectNode, OptionalLong, long)} would, without writing.
     *
     * @throws QuotaExceededException when the namespace would grow beyond so many bytes
     */
    public void requireRoom(ObjectKey key, ObjectNode value, long mostBytes) {
        byte[] json = Codec.encode(value);
        reading(() -> {
            changes.requireRoom(key, json, mostBytes);
            return key;
        });
    }

    /**
     * Removes the object; gone already is fine.
     *
     * @param expected the revision it must have; empty: whatever is there
     * @throws ConflictException when the expectation does not hold
     * @throws StoreUnavailableException when it could not be made durable; nothing is changed then
     */
    public Optional<StoredObject> remove(ObjectKey key, OptionalLong expected) {
        return writer.write(0, () -> changes.remove(key, expected));
    }

    /** Applies the writes and makes them durable; nobody reads meanwhile, so nobody sees what could still be lost. */
    private void commit(List<Writer.Write> writes) {
        dispatcher.awaitFewerThan(MOST_BACKLOG);
        lock.writeLock().lock();
        try {
            file.retry(revision);
            apply(writes);
            commitChanges();
        } finally {
            changes.clear();
            lock.writeLock().unlock();
        }
    }

    private void apply(List<Writer.Write> writes) {
        file.get();
        try {
            writes.forEach(Writer.Write::apply);
        } catch (Throwable e) {
            // Half of the writes may be in the maps.
            reopen(e);
            throw room.unwritable(e);
        }
    }

    private void commitChanges() {
        long attempted = revision + changes.size();
        try {
            file.get().commit();
        } catch (Throwable e) {
            reopen(e);
            if (!file.isOpen() || file.get().revision() != attempted) {
                throw room.unwritable(e);
            }
        }
        // A commit of nothing says nothing about the disk.
        failing &= changes.size() == 0;
        publish();
    }

    private void reopen(Throwable cause) {
        if (!failing) {
            Throwable root = Stream.iterate(cause, e -> e != null, Throwable::getCause)
                    .reduce((_, e) -> e)
                    .orElse(cause);
            log.atError().addKeyValue("error", root.toString()).log("a commit failed; the store opens its file again");
            log.atDebug().setCause(cause).log("where a commit failed");
        }
        failing = true;
        file.reopen(revision, cause);
    }

    private void publish() {
        for (Changes.Change change : changes.list()) {
            note(change.event());
            history.append(change.recorded());
        }
        revision = file.get().revision();
        dispatcher.publish(changes.list().stream().map(Changes.Change::event).toList());
    }

    private void note(ObjectEvent event) {
        ObjectKey key = event.object().key();
        if (!key.namespace().isEmpty()) {
            newest.put(key.namespace(), event.object().revision());
        } else if (event.type() == Type.DELETED && key.resource().equals("namespaces")) {
            newest.remove(key.name());
        }
    }

    /** Runs once a second when nothing is to be written: tidies up, and tries again what failed. */
    private void idle() {
        lock.writeLock().lock();
        try {
            history.expire(System.nanoTime());
            file.retry(revision);
            if (file.isOpen() && !(failing && room.isDiskShort())) {
                file.get().compact();
                probe();
            }
        } catch (Throwable e) {
            reopen(e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Writes a number of no meaning after a failure, to learn whether writing works again. */
    private void probe() throws IOException {
        if (failing) {
            file.get().touch();
            file.get().commit();
            failing = false;
            log.atInfo().log("the store can write again");
        }
    }

    /**
     * Refuses while the disk or the heap is nearly full; for what adds to the store and can wait.
     *
     * @throws StoreUnavailableException with what has to happen first
     */
    public void requireSpace() {
        room.require();
    }

    /** Looks by a read, and at the outcome of the last commit. Takes a second at most. */
    public StoreHealth health() {
        if (file.isLost() || !writer.isAlive() || !dispatcher.isAlive()) {
            return new StoreHealth(State.LOST, "The store is lost. Start the server again.");
        }
        try {
            if (!lock.readLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new StoreHealth(State.FAILING, "The store did not answer within a second.");
            }
            try {
                file.get().objects().raw(PROBE);
            } finally {
                lock.readLock().unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new StoreHealth(State.FAILING, "The question was interrupted.");
        } catch (RuntimeException e) {
            return new StoreHealth(State.FAILING, String.valueOf(e.getMessage()));
        }
        if (room.isDiskShort()) {
            return new StoreHealth(failing ? State.FAILING : State.SHORT_OF_SPACE, Room.DISK_FULL);
        }
        return failing ? new StoreHealth(State.FAILING, "The last write could not be stored. It is being tried again.")
                : new StoreHealth(State.WRITABLE, "");
    }

    /** Ends with the cause once the store can neither be read nor written any more, and will not by itself. */
    public CompletionStage<Throwable> lost() {
        return file.lost().minimalCompletionStage();
    }

    /**
     * Tells the consumer of every later change of the resource (empty: of all resources) in the namespace (empty: in all), in
     * revision order, one at a time, on a thread of the store's: the consumer must not block.
     *
     * @param after changes with a greater revision are told
     * @throws CompactedException when the history no longer reaches back to that revision
     */
    public Subscription watch(String resource, String namespace, long after, Consumer<ObjectEvent> consumer) {
        return watch(resource, namespace, after, consumer, () -> {});
    }

    /**
     * Tells the consumer of changes as {@link #watch(String, String, long, Consumer)} does.
     *
     * @param lost run once when the consumer threw: it is told nothing more, and has to list again
     */
    public Subscription watch(String resource, String namespace, long after, Consumer<ObjectEvent> consumer,
            Runnable lost) {
        WatchSelector scope = new WatchSelector(resource, namespace);
        return reading(() -> {
            long floor = history.floor(scope);
            if (after < floor) {
                throw new CompactedException("too old resource version: " + after + " (" + floor + ")");
            }
            return dispatcher.subscribe(scope, after, history.after(after, scope), consumer, lost);
        });
    }

    /** The oldest revision from which a watch of the namespace (empty: of all) can still start. */
    public long oldestRevision(String namespace) {
        return reading(() -> history.floor(new WatchSelector("", namespace)));
    }

    /** How many bytes of objects the history holds. */
    long historyBytes() {
        return reading(history::bytes);
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
        lock.writeLock().lock();
        try {
            file.close();
        } finally {
            lock.writeLock().unlock();
        }
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

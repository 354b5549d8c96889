package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

import dev.trafficlab.embedded.store.ObjectMap;

/**
 * The file with all pages, or none for a store in memory: the objects, and the revision of the newest write. Used by one thread at a
 * time. Once a commit failed it is of no use any more: MVStore closes itself then; {@link #abandon} it and open another.
 */
public final class StoreFile implements AutoCloseable {

    /** Page cache: what is not in it is read from the file again. */
    private static final int MOST_CACHE_MEGABYTES = 16;
    private static final int CACHE_SHARE_OF_HEAP = 24;

    /** Freed space is written again after this time: long enough for the operating system to keep the order of writes. */
    private static final int RETENTION_MILLIS = 2_000;

    private static final int COMPACTED_FILL_RATE = 60;
    private static final int COMPACTED_BYTES = 4 << 20;
    private static final int COMMITS_BETWEEN_COMPACTIONS = 2_000;
    private static final String REVISION = "revision";
    private static final String PROBE = "probe";

    private final MVStore store;
    private final ObjectMap objects;
    private final MVMap<String, Long> numbers;
    private final Optional<AcknowledgedRevision> acknowledged;
    private int commitsSinceCompaction;

    private StoreFile(MVStore store, ObjectMap objects, MVMap<String, Long> numbers,
            Optional<AcknowledgedRevision> acknowledged) {
        this.store = store;
        this.objects = objects;
        this.numbers = numbers;
        this.acknowledged = acknowledged;
    }

    /**
     * Opens the file, creating it when absent, and reads every object in it once.
     *
     * @throws StoreStartException when it cannot be opened, or is not as it was left
     */
    static StoreFile open(Optional<Path> file) {
        if (file.isEmpty()) {
            MVStore memory = new MVStore.Builder().autoCommitDisabled().open();
            memory.setVersionsToKeep(0);
            return new StoreFile(memory, new ObjectMap(objects(memory)), numbers(memory), Optional.empty());
        }
        Path path = file.get().toAbsolutePath();
        boolean fresh = StoreFolder.prepare(path);
        MVStore store;
        try {
            store = builder(path).open();
        } catch (RuntimeException e) {
            throw StoreFolder.failure(path, fresh, e);
        }
        try {
            return opened(store, path, fresh);
        } catch (IOException | RuntimeException e) {
            store.closeImmediately();
            throw StoreFolder.failure(path, fresh, e);
        }
    }

    private static MVStore.Builder builder(Path path) {
        long megabytes = Runtime.getRuntime().maxMemory() / CACHE_SHARE_OF_HEAP >> 20;
        return new MVStore.Builder().autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize((int) Math.clamp(megabytes, 1, MOST_CACHE_MEGABYTES))
                .compress()
                .fileName(UninterruptedPath.of(path.toString()));
    }

    private static StoreFile opened(MVStore store, Path path, boolean fresh) throws IOException {
        StoreFolder.requireWritable(store, path);
        store.setRetentionTime(RETENTION_MILLIS);
        store.setVersionsToKeep(0);
        OldFormat.convert(store);
        ObjectMap objects = new ObjectMap(objects(store));
        MVMap<String, Long> numbers = numbers(store);
        long newest = objects.verify();
        long revision = numbers.getOrDefault(REVISION, 0L);
        if (newest > revision) {
            throw new IllegalStateException("an object is newer than the store: " + newest + " > " + revision);
        }
        if (!fresh) {
            StoreFolder.requireRevision(path, revision);
        }
        return new StoreFile(store, objects, numbers, Optional.of(AcknowledgedRevision.open(path, revision)));
    }

    public static MVMap<String, byte[]> objects(MVStore store) {
        return store.openMap("checked-objects", new MVMap.Builder<String, byte[]>().keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
    }

    static MVMap<String, Long> numbers(MVStore store) {
        return store.openMap("numbers", new MVMap.Builder<String, Long>().keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    }

    public ObjectMap objects() {
        return objects;
    }

    /** The revision of the newest write, committed or not. */
    public long revision() {
        return numbers.getOrDefault(REVISION, 0L);
    }

    /** Counts up. */
    public long nextRevision() {
        long next = revision() + 1;
        numbers.put(REVISION, next);
        return next;
    }

    public static void revision(MVStore store, long revision) {
        numbers(store).put(REVISION, revision);
    }

    /** Leaves something to commit. */
    public void touch() {
        numbers.put(PROBE, System.nanoTime());
    }

    /** Hands everything written so far to the operating system: from here on it survives the end of this process. */
    public void commit() throws IOException {
        store.commit();
        if (++commitsSinceCompaction >= COMMITS_BETWEEN_COMPACTIONS) {
            compact();
        }
        if (acknowledged.isPresent()) {
            acknowledged.get().write(revision());
        }
    }

    /** Compacts the file, so that it does not grow without bound. */
    public void compact() {
        if (acknowledged.isPresent() && commitsSinceCompaction > 0) {
            commitsSinceCompaction = 0;
            store.compact(COMPACTED_FILL_RATE, COMPACTED_BYTES);
        }
    }

    /** Lets the file go as it is, without writing anything more. */
    void abandon() {
        store.closeImmediately();
        closeNumber();
    }

    private void closeNumber() {
        try {
            if (acknowledged.isPresent()) {
                acknowledged.get().close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a file that was written cannot be closed", e);
        }
    }

    @Override
    public void close() {
        store.close();
        closeNumber();
    }
}

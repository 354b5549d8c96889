package dev.trafficlab.embedded.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.h2.mvstore.MVStore;

/** The file with all pages, or none for a store in memory. Used by one thread at a time. */
final class StoreFile implements AutoCloseable {

    /** Page cache: what is not in it is read from the file again. */
    private static final int CACHE_MEGABYTES = 16;

    /** Freed space is written again after this time: long enough for the operating system to keep the order of writes. */
    private static final int RETENTION_MILLIS = 2_000;

    private static final int COMPACTED_FILL_RATE = 60;
    private static final int COMPACTED_BYTES = 4 << 20;
    private static final int COMMITS_BETWEEN_COMPACTIONS = 2_000;

    private final MVStore store;
    private final boolean durable;
    private int commitsSinceCompaction;

    private StoreFile(MVStore store, boolean durable) {
        this.store = store;
        this.durable = durable;
    }

    static StoreFile open(Optional<Path> file) {
        MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .compress();
        file.ifPresent(path -> builder.fileName(UninterruptedPath.of(prepared(path).toString())));
        MVStore store = builder.open();
        if (file.isPresent()) {
            store.setRetentionTime(RETENTION_MILLIS);
        }
        store.setVersionsToKeep(0);
        return new StoreFile(store, file.isPresent());
    }

    private static Path prepared(Path file) {
        Path absolute = file.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            return absolute;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder of " + absolute, e);
        }
    }

    MVStore store() {
        return store;
    }

    /** Hands everything written so far to the operating system: from here on it survives the end of this process. */
    void commit() {
        store.commit();
        if (++commitsSinceCompaction >= COMMITS_BETWEEN_COMPACTIONS) {
            compact();
        }
    }

    /** Takes back what was not committed. */
    void rollback() {
        store.rollback();
    }

    /** Compacts the file, so that it does not grow without bound. */
    void compact() {
        if (durable && commitsSinceCompaction > 0) {
            commitsSinceCompaction = 0;
            store.compact(COMPACTED_FILL_RATE, COMPACTED_BYTES);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}

package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

import dev.trafficlab.embedded.store.StoreStartException;
import dev.trafficlab.embedded.store.StoreStartException.Reason;

/** What can be wrong with the store's folder and file before anything is written to them. */
final class StoreFolder {

    /** An empty store needs less than this. */
    private static final long ROOM = 256 << 10;

    /** MVStore begins with two blocks of header. */
    private static final long HEADER = 2 * 4096;

    private StoreFolder() {}

    /**
     * Makes the folder, and looks whether a store can live there.
     *
     * @return whether there is no store yet
     */
    static boolean prepare(Path file) {
        Path folder = folderOf(file);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreStartException(isBlocked(folder) ? Reason.NOT_A_FOLDER : Reason.NOT_WRITABLE, file,
                    "the folder cannot be made", e);
        }
        if (Files.isDirectory(file)) {
            throw failure(Reason.NOT_A_FOLDER, file, "the file is a folder");
        }
        boolean fresh = isFresh(file);
        if (!Files.isWritable(fresh ? folder : file) || !Files.isWritable(folder)) {
            throw failure(Reason.NOT_WRITABLE, file, "no right to write");
        }
        return fresh;
    }

    /** A process that was killed as it began to make the file leaves an empty one; an empty one that was once in use is truncated. */
    private static boolean isFresh(Path file) {
        try {
            if (!Files.exists(file)) {
                return true;
            }
            if (Files.size(file) >= HEADER) {
                return false;
            }
            if (Files.size(file) > 0 || AcknowledgedRevision.read(file).isPresent()) {
                throw failure(Reason.TRUNCATED, file, "the file is shorter than its own header");
            }
            return true;
        } catch (IOException e) {
            throw new StoreStartException(Reason.NOT_WRITABLE, file, "no right to read", e);
        }
    }

    private static boolean isBlocked(Path folder) {
        return Stream.iterate(folder, path -> path != null, Path::getParent)
                .anyMatch(path -> Files.exists(path) && !Files.isDirectory(path));
    }

    /** MVStore opens what it may not write for reading. */
    static void requireWritable(MVStore store, Path file) {
        if (store.getFileStore().isReadOnly()) {
            throw failure(Reason.NOT_WRITABLE, file, "no right to write");
        }
    }

    /** An existing store holds at least what was acknowledged. */
    static void requireRevision(Path file, long found) throws IOException {
        OptionalLong acknowledged = AcknowledgedRevision.read(file);
        if (acknowledged.isPresent() && acknowledged.getAsLong() > found) {
            throw failure(Reason.TRUNCATED, file, "revision " + acknowledged.getAsLong()
                    + " was acknowledged, but the file ends at " + found);
        }
    }

    /** The reason behind a failure to open; what a vain start left behind is removed. */
    static StoreStartException failure(Path file, boolean fresh, Exception cause) {
        if (cause instanceof StoreStartException known) {
            return known;
        }
        Reason reason = reason(file, fresh, cause);
        if (fresh && reason != Reason.LOCKED) {
            try {
                Files.deleteIfExists(file);
                Files.deleteIfExists(AcknowledgedRevision.beside(file));
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
        return new StoreStartException(reason, file, String.valueOf(cause.getMessage()), cause);
    }

    private static Path folderOf(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    }

    private static StoreStartException failure(Reason reason, Path file, String detail) {
        return new StoreStartException(reason, file, detail, new IOException(detail));
    }

    private static Reason reason(Path file, boolean fresh, Exception cause) {
        if (cause instanceof MVStoreException failure && failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return Reason.LOCKED;
        }
        boolean io = Stream.iterate((Throwable) cause, e -> e != null, Throwable::getCause)
                .anyMatch(IOException.class::isInstance);
        if (io && folderOf(file).toFile().getUsableSpace() < ROOM) {
            return Reason.NO_SPACE;
        }
        if (io && Stream.iterate((Throwable) cause, e -> e != null, Throwable::getCause)
                .anyMatch(e -> String.valueOf(e.getMessage()).contains("Too many open files"))) {
            return Reason.TOO_MANY_OPEN_FILES;
        }
        return fresh ? Reason.NOT_WRITABLE : Reason.DAMAGED;
    }
}

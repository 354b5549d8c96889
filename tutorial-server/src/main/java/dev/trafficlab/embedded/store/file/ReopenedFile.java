package dev.trafficlab.embedded.store.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.store.StoreUnavailableException;

/**
 * The store's file, opened anew after each failure: at once, then every second for half a minute; then, or when acknowledged writes are
 * missing in it, the store is lost. A store in memory is lost with its first failure. Guarded by the store's lock.
 */
public final class ReopenedFile {

    private static final Logger LOG = LoggerFactory.getLogger(ReopenedFile.class);
    private static final int MOST_ATTEMPTS = 30;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Optional<Path> path;
    private final CompletableFuture<Throwable> lost = new CompletableFuture<>();
    private @Nullable StoreFile open;
    private int attempts;
    private long lastAttempt;

    public ReopenedFile(Optional<Path> path) {
        this.path = path;
        this.open = StoreFile.open(path);
    }

    /** The file. */
    public StoreFile get() {
        StoreFile file = open;
        if (file == null) {
            throw new StoreUnavailableException(isLost()
                    ? "The store is lost; the server has to be started again."
                    : "The store's file cannot be read at present. The server goes on trying.");
        }
        return file;
    }

    public boolean isOpen() {
        return open != null;
    }

    public boolean isLost() {
        return lost.isDone();
    }

    /** Ends with the cause once nothing can be done any more. */
    public CompletableFuture<Throwable> lost() {
        return lost;
    }

    /**
     * Opens the file again after a failure; afterwards it may or may not be {@link #isOpen open}.
     *
     * @param acknowledged the revision that must be there
     */
    public void reopen(long acknowledged, Throwable cause) {
        StoreFile failed = open;
        open = null;
        attempts = 0;
        if (failed != null) {
            abandon(failed);
        }
        if (path.isEmpty()) {
            lose(cause);
        } else {
            attempt(acknowledged);
        }
    }

    /** The next attempt, when it is time for one. */
    public void retry(long acknowledged) {
        if (open == null && !isLost() && System.nanoTime() - lastAttempt >= PAUSE_NANOS) {
            attempt(acknowledged);
        }
    }

    private void attempt(long acknowledged) {
        attempts++;
        try {
            StoreFile again = StoreFile.open(path);
            if (again.revision() < acknowledged) {
                abandon(again);
                lose(new IllegalStateException("revision " + acknowledged + " was acknowledged, but the file has "
                        + again.revision()));
            } else {
                open = again;
                LOG.atWarn()
                        .addKeyValue("revision", again.revision())
                        .log("the store was opened again after a failure");
            }
        } catch (Throwable e) {
            // A lack of memory among them: it may pass, and if it does not, the number of attempts ends it.
            if (attempts >= MOST_ATTEMPTS) {
                lose(e);
            }
        }
        lastAttempt = System.nanoTime();
    }

    private void lose(Throwable cause) {
        lost.complete(cause);
    }

    private static void abandon(StoreFile file) {
        try {
            file.abandon();
        } catch (Throwable e) {
            LOG.atDebug().setCause(e).log("a failed file was not closed in order");
        }
    }

    public void close() {
        StoreFile file = open;
        open = null;
        if (file != null) {
            file.close();
        }
    }
}

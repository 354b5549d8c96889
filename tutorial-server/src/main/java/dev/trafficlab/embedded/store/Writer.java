package dev.trafficlab.embedded.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Writes that wait together are committed together. It outlives every failure of a commit, even a lack of
 * memory: those writes fail, and what comes later is tried again.
 */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final StoreUnavailableException FAILED = new StoreUnavailableException(
            "The write failed; nothing was changed. Try again.");
    private static final int BATCH = 256;

    /** One commit takes no more than this at once, so that a little room on the disk is enough for it. */
    private static final int BATCH_BYTES = 1 << 20;

    private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final Consumer<List<Write>> commit;
    private final Runnable idle;
    private final Thread thread = Thread.ofPlatform().daemon().name("store-writer").unstarted(this::run);
    private volatile boolean closed;

    /**
     * A writer that hands over what waits.
     *
     * @param commit applies the writes and makes them durable; afterwards each has an outcome
     * @param idle is run when nothing waits
     */
    Writer(Consumer<List<Write>> commit, Runnable idle) {
        this.commit = commit;
        this.idle = idle;
    }

    void start() {
        thread.start();
    }

    /**
     * Hands over one write and waits until it is durable.
     *
     * @param bytes how much there is to write
     */
    Optional<StoredObject> write(int bytes, Change change) {
        Write write = new Write(bytes, change);
        queue.add(write);
        if (closed) {
            refuseAll();
        }
        try {
            return write.acknowledged.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void run() {
        List<Write> batch = new ArrayList<>(BATCH);
        while (!closed) {
            try {
                collect(batch);
                if (batch.isEmpty()) {
                    idle.run();
                } else {
                    commit.accept(batch);
                }
            } catch (InterruptedException e) {
                break;
            } catch (Throwable e) {
                // An OutOfMemoryError is no reason to leave everybody else waiting for a thread that is gone.
                batch.forEach(write -> write.fail(e instanceof StoreUnavailableException known ? known : FAILED));
                report(e);
            }
            batch.forEach(Write::acknowledge);
            batch.clear();
        }
        refuseAll();
    }

    private void collect(List<Write> batch) throws InterruptedException {
        Write next = queue.poll(1, TimeUnit.SECONDS);
        int bytes = 0;
        while (next != null) {
            batch.add(next);
            bytes += next.bytes;
            next = batch.size() < BATCH && bytes < BATCH_BYTES ? queue.poll() : null;
        }
    }

    private static void report(Throwable cause) {
        try {
            if (!(cause instanceof StoreUnavailableException)) {
                log.atError().setCause(cause).log("writes failed");
            }
        } catch (OutOfMemoryError e) {
            // there is no memory to tell that there is none
        }
    }

    /** Whether the thread runs. */
    boolean isAlive() {
        return thread.isAlive();
    }

    private void refuseAll() {
        List<Write> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(write -> {
            write.fail(new StoreUnavailableException("the store is closed"));
            write.acknowledge();
        });
    }

    @Override
    public void close() {
        closed = true;
        // Wakes the thread; an interrupt could hit it in the middle of a commit.
        queue.add(new Write(0, Optional::empty));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is to be done under the writer's lock: gives what was stored or removed, or throws what stands against it. */
    @FunctionalInterface
    interface Change {
        Optional<StoredObject> apply();
    }

    /** One change with its outcome. */
    static final class Write {

        private final int bytes;
        private final Change change;
        private final CompletableFuture<Optional<StoredObject>> acknowledged = new CompletableFuture<>();
        private Optional<StoredObject> result = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Write(int bytes, Change change) {
            this.bytes = bytes;
            this.change = change;
        }

        void apply() {
            try {
                result = change.apply();
            } catch (ConflictException | QuotaExceededException e) {
                fail(e);
            }
        }

        void fail(RuntimeException cause) {
            failure = Optional.of(cause);
        }

        private void acknowledge() {
            failure.ifPresentOrElse(acknowledged::completeExceptionally, () -> acknowledged.complete(result));
        }
    }
}

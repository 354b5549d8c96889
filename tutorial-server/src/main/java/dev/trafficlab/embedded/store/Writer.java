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

/** The one thread that writes. Writes that wait together are committed together. */
final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final int BATCH = 256;

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

    /** Hands over one write and waits until it is durable. */
    Optional<StoredObject> write(Change change) {
        Write write = new Write(change);
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
                Write first = queue.poll(1, TimeUnit.SECONDS);
                if (first == null) {
                    idle.run();
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                commit.accept(batch);
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("writes failed");
                batch.forEach(write -> write.fail(e));
            }
            batch.forEach(Write::acknowledge);
            batch.clear();
        }
        refuseAll();
    }

    private void refuseAll() {
        List<Write> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(write -> {
            write.fail(new IllegalStateException("the store is closed"));
            write.acknowledge();
        });
    }

    @Override
    public void close() {
        closed = true;
        // Wakes the thread; an interrupt could hit it in the middle of a commit.
        queue.add(new Write(Optional::empty));
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

        private final Change change;
        private final CompletableFuture<Optional<StoredObject>> acknowledged = new CompletableFuture<>();
        private Optional<StoredObject> result = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Write(Change change) {
            this.change = change;
        }

        void apply() {
            try {
                result = change.apply();
            } catch (ConflictException e) {
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

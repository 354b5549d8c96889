package dev.trafficlab.cluster.memory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import io.fabric8.kubernetes.client.http.AsyncBody;

import dev.trafficlab.embedded.api.ApiResponse;

/**
 * The body of an answer: chunks wait until the client asks for them. What comes while the client waits is handed over on a virtual
 * thread, so that the API's own threads never run a client's code.
 */
final class InMemoryBody implements AsyncBody, ApiResponse.Sink {

    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Queue<byte[]> chunks = new ArrayDeque<>();
    private AutoCloseable stream = () -> {};
    private long wanted;
    private boolean ended;
    private boolean delivering;
    private boolean cancelled;

    InMemoryBody(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        this.consumer = consumer;
    }

    void onCancel(AutoCloseable handle) {
        boolean late;
        synchronized (this) {
            stream = handle;
            late = cancelled;
        }
        if (late) {
            close(handle);
        }
    }

    @Override
    public void write(byte[] chunk) {
        synchronized (this) {
            chunks.add(chunk);
        }
        deliverBeside();
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        deliverBeside();
    }

    private void deliverBeside() {
        synchronized (this) {
            if (delivering || !hasWork()) {
                return;
            }
            delivering = true;
        }
        Thread.startVirtualThread(this::deliver);
    }

    @Override
    public void consume() {
        synchronized (this) {
            wanted++;
            if (delivering || !hasWork()) {
                return;
            }
            delivering = true;
        }
        deliver();
    }

    private boolean hasWork() {
        return wanted > 0 && (ended || !chunks.isEmpty());
    }

    /** Runs on one thread at a time: {@code delivering} is its lock. */
    private void deliver() {
        while (true) {
            byte[] chunk;
            synchronized (this) {
                if (!hasWork()) {
                    delivering = false;
                    return;
                }
                chunk = chunks.poll();
                wanted--;
            }
            if (chunk == null) {
                done.complete(null);
                return;
            }
            try {
                consumer.consume(List.of(ByteBuffer.wrap(chunk)), this);
            } catch (Exception e) {
                done.completeExceptionally(e);
                cancel();
                return;
            }
        }
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        AutoCloseable handle;
        synchronized (this) {
            cancelled = true;
            handle = stream;
        }
        close(handle);
        done.cancel(false);
    }

    private static void close(AutoCloseable handle) {
        try {
            handle.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a stream does not fail", e);
        }
    }
}

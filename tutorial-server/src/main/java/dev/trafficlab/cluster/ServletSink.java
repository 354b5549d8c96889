package dev.trafficlab.cluster;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import dev.trafficlab.embedded.api.ApiResponse;

/**
 * Writes a stream to a servlet's client without blocking and without a thread of its own. A client that does not read is dropped
 * once too much waits for it.
 */
final class ServletSink implements ApiResponse.Sink, WriteListener, AsyncListener {

    private static final int MOST_WAITING_BYTES = 4 << 20;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private AutoCloseable stream = () -> {};
    private int waitingBytes;
    private boolean open;
    private boolean unflushed;
    private boolean ended;
    private boolean gone;

    private ServletSink(AsyncContext context) throws IOException {
        this.context = context;
        this.out = context.getResponse().getOutputStream();
    }

    static void start(AsyncContext context, ApiResponse.Stream stream) throws IOException {
        ServletSink sink = new ServletSink(context);
        context.addListener(sink);
        sink.attached(stream.attach(sink));
        sink.out.setWriteListener(sink);
    }

    private synchronized void attached(AutoCloseable handle) {
        stream = handle;
    }

    @Override
    public synchronized void write(byte[] chunk) {
        if (gone) {
            return;
        }
        waiting.add(chunk);
        waitingBytes += chunk.length;
        if (waitingBytes > MOST_WAITING_BYTES) {
            drop();
        } else if (open) {
            flush();
        }
    }

    @Override
    public synchronized void close() {
        ended = true;
        if (open && !gone) {
            flush();
        }
    }

    /** The container says that the client can take more; the first time, that writing may begin. */
    @Override
    public synchronized void onWritePossible() {
        unflushed |= !open;
        open = true;
        if (!gone) {
            flush();
        }
    }

    private void flush() {
        try {
            while (out.isReady()) {
                byte[] chunk = waiting.poll();
                if (chunk != null) {
                    waitingBytes -= chunk.length;
                    unflushed = true;
                    out.write(chunk);
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    if (ended) {
                        gone = true;
                        context.complete();
                    }
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            drop();
        }
    }

    private void drop() {
        if (!gone) {
            leave();
            try {
                context.complete();
            } catch (IllegalStateException e) {
                // the container has ended the request already
            }
        }
    }

    private void leave() {
        gone = true;
        waiting.clear();
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a stream does not fail", e);
        }
    }

    @Override
    public synchronized void onError(Throwable problem) {
        drop();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        drop();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        drop();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // not started again
    }
}

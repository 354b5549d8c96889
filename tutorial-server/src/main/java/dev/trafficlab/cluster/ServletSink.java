package dev.trafficlab.cluster;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.stream.UnreadBytes;

/**
 * Writes a stream to a servlet's client without blocking and without a thread of its own. A client that does not read is dropped
 * once too much waits for it alone, for all streams of its lab or for all streams there are; where it can still be told, it is told why.
 */
final class ServletSink implements ApiResponse.Sink, WriteListener, AsyncListener {

    private static final int MOST_WAITING_BYTES = 4 << 20;

    /** What the container takes at once: it copies and keeps what the socket does not take of it, and that is counted nowhere. */
    private static final int SLICE = 16 << 10;

    /** How long a dropped client may take to read why. */
    private static final int FAREWELL_SECONDS = 5;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private AutoCloseable stream = () -> {};
    private Optional<UnreadBytes.Account> account = Optional.empty();
    private byte[] farewell = {};
    private byte[] current = {};
    private int written;
    private int waitingBytes;
    private boolean open;
    private boolean unflushed;
    private boolean ended;
    private boolean dropped;
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
    public synchronized void charge(UnreadBytes.Account given, byte[] words) {
        account = Optional.of(given);
        farewell = words;
        given.onDrop(this::drop);
    }

    @Override
    public void write(byte[] chunk) {
        if (take(chunk)) {
            account.ifPresent(UnreadBytes.Account::enforce);
        }
    }

    /** Whether it has to wait. */
    private synchronized boolean take(byte[] chunk) {
        if (gone || dropped || ended) {
            return false;
        }
        waiting.add(chunk);
        count(chunk.length);
        if (waitingBytes > MOST_WAITING_BYTES) {
            drop();
        } else if (open) {
            flush();
        }
        return waitingBytes > 0;
    }

    private void count(int bytes) {
        waitingBytes += bytes;
        account.ifPresent(counted -> counted.add(bytes));
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
                if (written < current.length || next()) {
                    int length = Math.min(SLICE, current.length - written);
                    unflushed = true;
                    out.write(current, written, length);
                    written += length;
                } else if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    if (ended) {
                        leave();
                        context.complete();
                    }
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            end();
        }
    }

    /** Goes on to the next chunk, which counts until it is written whole. */
    private boolean next() {
        count(-current.length);
        byte[] chunk = waiting.poll();
        current = chunk == null ? new byte[0] : chunk;
        written = 0;
        return chunk != null;
    }

    /** Forgets what waits. The client has a moment to take the chunk that it has begun, and the farewell. */
    private synchronized void drop() {
        if (gone || dropped) {
            return;
        }
        dropped = true;
        ended = true;
        waiting.clear();
        waitingBytes = current.length;
        account.ifPresent(UnreadBytes.Account::close);
        waiting.add(farewell);
        waitingBytes += farewell.length;
        CompletableFuture.delayedExecutor(FAREWELL_SECONDS, TimeUnit.SECONDS).execute(this::end);
        if (open) {
            flush();
        }
    }

    private synchronized void end() {
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
        current = new byte[0];
        account.ifPresent(UnreadBytes.Account::close);
        try {
            stream.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a stream does not fail", e);
        }
    }

    @Override
    public synchronized void onError(Throwable problem) {
        end();
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        if (!gone) {
            leave();
        }
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // not started again
    }
}

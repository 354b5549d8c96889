package dev.trafficlab.traffic.feed;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.Traffic;

/** One listener's place. A listener slower than the pictures come misses some, always sees the newest, and holds up nobody. */
final class ConflatingSubscriber {

    private static final Logger LOG = LoggerFactory.getLogger(ConflatingSubscriber.class);

    private final Traffic.Listener listener;
    private final Executor threads;
    private final AtomicReference<@Nullable LiveSnapshot> waiting = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    ConflatingSubscriber(Traffic.Listener listener, Executor threads) {
        this.listener = listener;
        this.threads = threads;
    }

    void show(LiveSnapshot picture) {
        waiting.set(picture);
        if (busy.compareAndSet(false, true)) {
            threads.execute(this::deliver);
        }
    }

    private void deliver() {
        try {
            for (LiveSnapshot next = waiting.getAndSet(null); next != null; next = waiting.getAndSet(null)) {
                listener.see(next);
            }
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("listener failed");
        } finally {
            busy.set(false);
        }
        // A picture that came between the last look and the release would otherwise wait for the next one.
        LiveSnapshot late = waiting.getAndSet(null);
        if (late != null) {
            show(late);
        }
    }
}

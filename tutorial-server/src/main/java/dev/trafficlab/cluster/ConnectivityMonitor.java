package dev.trafficlab.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feels the pulse at every request and answer of a client. Once the cluster is lost it is asked again and again until it is back, so
 * that pages recover although nobody presses anything. Thread-safe.
 */
final class ConnectivityMonitor implements ClusterConnectivity, Interceptor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectivityMonitor.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final AtomicBoolean lost = new AtomicBoolean();
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService retries = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("pulse").factory());

    /** Begins to ask, by the probe, whenever the cluster is lost. */
    void run(Runnable probe) {
        var _ = retries.scheduleWithFixedDelay(() -> ask(probe), RETRY.toMillis(), RETRY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isLost() {
        return lost.get();
    }

    @Override
    public void listen(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        become(false);
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (failure instanceof IOException) {
            become(true);
        }
    }

    @Override
    public void close() {
        retries.shutdownNow();
    }

    private void become(boolean nowLost) {
        if (lost.compareAndSet(!nowLost, nowLost)) {
            LOG.atWarn().addKeyValue("status", nowLost ? "lost" : "back").log("cluster connection changed");
            listeners.forEach(listener -> listener.accept(nowLost));
        }
    }

    /** What the probe gets, an answer or none, comes by as any other request does. */
    private void ask(Runnable probe) {
        if (lost.get()) {
            try {
                probe.run();
            } catch (RuntimeException e) {
                LOG.atDebug().setCause(e).log("still lost");
            }
        }
    }
}

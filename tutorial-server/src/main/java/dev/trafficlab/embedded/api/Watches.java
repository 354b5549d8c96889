package dev.trafficlab.embedded.api;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.trafficlab.embedded.store.ObjectStore;

/** Watch requests. One timer thread ends them and sends their bookmarks, however many there are. */
final class Watches implements AutoCloseable {

    private static final int BOOKMARK_SECONDS = 60;
    private static final int SHORTEST_SECONDS = 1_800;

    private final ObjectStore store;
    private final InstantSource clock;
    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon()
            .name("watch-timer")
            .factory());

    Watches(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        var _ = timer.scheduleWithFixedDelay(this::bookmark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
    }

    ApiResponse watch(RequestInfo call) {
        WatchOrder order = WatchOrder.of(call, RepresentationWriter.of(call, clock));
        return new ApiResponse.Streaming(200, Map.of("Content-Type", "application/json"), sink -> start(order, sink));
    }

    private AutoCloseable start(WatchOrder order, ApiResponse.Sink sink) {
        Watch watch = new Watch(store, order, sink, running::remove);
        running.add(watch);
        watch.start();
        // Clients that asked for no end get one at different times, so that they do not all come back at once.
        long seconds = order.timeoutSeconds()
                .orElseGet(() -> SHORTEST_SECONDS + RandomGenerator.getDefault().nextInt(SHORTEST_SECONDS));
        var end = timer.schedule(watch::end, seconds, TimeUnit.SECONDS);
        return () -> {
            end.cancel(false);
            watch.close();
        };
    }

    private void bookmark() {
        if (!running.isEmpty()) {
            store.whenTold(revision -> running.forEach(watch -> watch.bookmark(revision)));
        }
    }

    static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

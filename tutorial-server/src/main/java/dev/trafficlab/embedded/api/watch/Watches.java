package dev.trafficlab.embedded.api.watch;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.RepresentationWriter;
import dev.trafficlab.embedded.store.ObjectEvent;
import dev.trafficlab.embedded.store.ObjectStore;

/** Watch requests. One timer thread ends them and sends their bookmarks, however many there are. */
public final class Watches implements AutoCloseable {

    private static final int BOOKMARK_SECONDS = 60;
    private static final int SHORTEST_SECONDS = 1_800;

    /** A kube-apiserver ends the watch of a slow reader without a word; clients that understand this one wait a little and go on. */
    private static final byte[] FAREWELL = Watch.line("ERROR", new ApiException(429, "TooManyRequests",
            "This watch was ended because its events were not read as fast as they came. Watch again from the last "
                    + "resourceVersion that you have seen, or watch less.").status());

    private final SharedLines lines = new SharedLines();
    private final ObjectStore store;
    private final InstantSource clock;
    private final Set<Watch> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
            .daemon()
            .name("watch-timer")
            .factory());

    public Watches(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        var _ = timer.scheduleWithFixedDelay(this::bookmark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
    }

    public ApiResponse watch(RequestInfo call) {
        WatchOrder order = WatchOrder.of(call, RepresentationWriter.of(call, clock));
        return new ApiResponse.Streaming(200, Map.of("Content-Type", "application/json"), sink -> start(order, sink),
                FAREWELL);
    }

    private AutoCloseable start(WatchOrder order, ApiResponse.Sink sink) {
        Watch watch = new Watch(store, order, sink, lines, running::remove);
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

    public static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }

    /**
     * Events as lines, each made once for all watchers to whom it looks alike, so that a hundred of them that do not read hold one array.
     * Used on the store's dispatcher thread alone.
     */
    static final class SharedLines {

        private record Form(String type, RepresentationWriter view, boolean first) {}

        private final Map<Form, byte[]> lines = new HashMap<>();
        private Optional<ObjectEvent> current = Optional.empty();

        /** The same event is meant, not an equal one: to compare whole objects would cost more than the line. */
        @SuppressWarnings("ReferenceEquality")
        byte[] line(ObjectEvent event, String type, RepresentationWriter view, boolean first) {
            if (current.isEmpty() || current.get() != event) {
                lines.clear();
                current = Optional.of(event);
            }
            return lines.computeIfAbsent(new Form(type, view, first),
                    _ -> Watch.line(type, view.watched(event.object().value(), first)));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

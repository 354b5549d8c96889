package dev.trafficlab.traffic.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.Traffic;

/**
 * Shows each watched lab's picture to all who watch it: made once for all of them, only when something may have changed, only while
 * somebody watches. Driven by {@link #tick}, which sets the highest rate.
 */
public final class SnapshotPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotPublisher.class);

    private final Function<String, LiveSnapshot> painter;
    private final ToLongFunction<String> changes;
    private final InstantSource clock;
    private final Executor threads;
    /** Not every change is told (a route edited with kubectl), so a watched picture is made anew after this at the latest. */
    private final Duration refresh;
    private final Map<String, Feed> feeds = new ConcurrentHashMap<>();

    /**
     * A publisher.
     *
     * @param painter makes a namespace's picture
     * @param changes a number that is another one after each change
     */
    public SnapshotPublisher(Function<String, LiveSnapshot> painter, ToLongFunction<String> changes,
            InstantSource clock,
            Executor threads, Duration refresh) {
        this.painter = painter;
        this.changes = changes;
        this.clock = clock;
        this.threads = threads;
        this.refresh = refresh;
    }

    /** Seats the listener; the last picture made is shown at once, a new one soon. */
    public Traffic.Watching watch(String namespace, Traffic.Listener listener) {
        var seat = new ConflatingSubscriber(listener, threads);
        Feed watched = feeds.compute(namespace, (name, feed) -> {
            Feed seated = feed == null ? new Feed(name) : feed;
            seated.seats.add(seat);
            return seated;
        });
        watched.last.ifPresentOrElse(seat::show, watched::paintSoon);
        return () -> feeds.computeIfPresent(namespace, (name, feed) -> {
            feed.seats.remove(seat);
            return feed.seats.isEmpty() ? null : feed;
        });
    }

    /** Whether somebody watches the namespace. */
    public boolean isWatched(String namespace) {
        return feeds.containsKey(namespace);
    }

    /** Makes and shows the pictures that are due; to be called at the highest rate that a watcher shall see. */
    public void tick() {
        feeds.values().forEach(feed -> {
            if (feed.isDue()) {
                feed.paintSoon();
            }
        });
    }

    private final class Feed {

        private final String namespace;
        private final List<ConflatingSubscriber> seats = new CopyOnWriteArrayList<>();
        private volatile Optional<LiveSnapshot> last = Optional.empty();
        private final AtomicBoolean busy = new AtomicBoolean();
        private volatile long seen = -1;
        private volatile Instant painted = Instant.EPOCH;

        Feed(String namespace) {
            this.namespace = namespace;
        }

        boolean isDue() {
            return changes.applyAsLong(namespace) != seen || !painted.plus(refresh).isAfter(clock.instant());
        }

        /** One painting at a time: an older picture must not come after a newer one. */
        void paintSoon() {
            if (busy.compareAndSet(false, true)) {
                threads.execute(this::paint);
            }
        }

        private void paint() {
            try {
                seen = changes.applyAsLong(namespace);
                painted = clock.instant();
                LiveSnapshot picture = painter.apply(namespace);
                if (last.filter(picture::equals).isEmpty()) {
                    last = Optional.of(picture);
                    seats.forEach(seat -> seat.show(picture));
                }
            } catch (RuntimeException e) {
                LOG.atDebug().addKeyValue("namespace", namespace).setCause(e).log("no picture this time");
            } finally {
                busy.set(false);
            }
        }
    }
}

package dev.trafficlab.embedded.store;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.store.ObjectStore.Subscription;

/**
 * Tells the watchers, all of them on one thread, in the order of revisions.
 *
 * <p>New watchers travel through the same queue as the events: whoever enqueues a watcher together with the history up to a revision,
 * while no event beyond that revision can be enqueued, leaves no gap and no overlap.
 */
final class Dispatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final ConcurrentMap<WatchSelector, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("store-dispatcher").unstarted(this::run);
    private volatile boolean closed;

    void start() {
        thread.start();
    }

    void publish(List<ObjectEvent> events) {
        queue.add(() -> events.forEach(this::tell));
    }

    /** Runs the action after everything published so far has been told. */
    void run(long revision, LongConsumer action) {
        queue.add(() -> action.accept(revision));
    }

    /** Waits until fewer tellings wait, so that a flood of writes slows down instead of filling the memory. */
    void awaitFewerThan(int tellings) {
        while (queue.size() >= tellings && isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Whether the thread runs. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Tells the consumer what it missed, then everything enqueued after this call.
     *
     * @param lost run when the consumer threw, as it is told nothing more
     */
    Subscription subscribe(WatchSelector scope, long after, List<ObjectEvent> missed, Consumer<ObjectEvent> consumer,
            Runnable lost) {
        Watcher watcher = new Watcher(scope, after, consumer, lost);
        queue.add(() -> {
            missed.forEach(watcher::tell);
            watchers.compute(scope, (_, set) -> {
                Set<Watcher> members = set == null ? ConcurrentHashMap.newKeySet(1) : set;
                if (!watcher.closed) {
                    members.add(watcher);
                }
                return members.isEmpty() ? null : members;
            });
        });
        return watcher;
    }

    private void run() {
        while (!closed) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                // Whatever it is, even a lack of memory: without this thread no watcher would hear of anything again.
                log.atError().setCause(e).log("a watch event was not told");
            }
        }
    }

    private void tell(ObjectEvent event) {
        ObjectKey key = event.object().key();
        tell(new WatchSelector(key.resource(), key.namespace()), event);
        if (!key.namespace().isEmpty()) {
            tell(new WatchSelector(key.resource(), ""), event);
            tell(new WatchSelector("", key.namespace()), event);
        }
        tell(new WatchSelector("", ""), event);
    }

    private void tell(WatchSelector scope, ObjectEvent event) {
        watchers.getOrDefault(scope, Set.of()).forEach(watcher -> watcher.tell(event));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private final class Watcher implements Subscription {

        private final WatchSelector scope;
        private final long after;
        private final Consumer<ObjectEvent> consumer;
        private final Runnable lost;
        private volatile boolean closed;

        Watcher(WatchSelector scope, long after, Consumer<ObjectEvent> consumer, Runnable lost) {
            this.scope = scope;
            this.after = after;
            this.consumer = consumer;
            this.lost = lost;
        }

        void tell(ObjectEvent event) {
            if (closed || event.object().revision() <= after) {
                return;
            }
            try {
                consumer.accept(event);
            } catch (Throwable e) {
                close();
                log.atError()
                        .addKeyValue("resource", scope.resource())
                        .addKeyValue("namespace", scope.namespace())
                        .setCause(e)
                        .log("a watcher failed and is dropped");
                lost.run();
            }
        }

        @Override
        public void close() {
            closed = true;
            watchers.computeIfPresent(scope, (_, set) -> {
                set.remove(this);
                return set.isEmpty() ? null : set;
            });
        }
    }
}

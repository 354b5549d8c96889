package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.store.ConflictException;
import dev.trafficlab.embedded.store.StoreUnavailableException;

/**
 * What the controllers have to do, worked off by a few threads. A task that is added again while it waits is done once; one that is
 * added while it runs is run again afterwards, never beside itself. All state is guarded by this object's lock.
 */
final class WorkQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final int LONGEST_BACKOFF_MS = 10_000;

    private final SequencedSet<Task> waiting = new LinkedHashSet<>();
    private final Set<Task> running = new HashSet<>();
    private final Set<Task> again = new HashSet<>();
    private final Map<Task, Integer> failures = new HashMap<>();
    private final Map<Task, ScheduledFuture<?>> later = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("controller-timer").factory());
    private boolean closed;

    /** One object's turn with one controller. */
    record Task(Controller controller, String namespace, String name) {}

    /** A queue with so many threads at work. */
    static WorkQueue start(int threads) {
        WorkQueue queue = new WorkQueue();
        queue.timer.setRemoveOnCancelPolicy(true);
        for (int i = 1; i <= threads; i++) {
            Thread.ofPlatform().daemon().name("controller-" + i).start(queue::work);
        }
        return queue;
    }

    synchronized void add(Task task) {
        if (running.contains(task)) {
            again.add(task);
        } else if (waiting.add(task)) {
            notifyAll();
        }
    }

    /** Sets the time of the task's next turn in place of the one set before, if any; without a time it waits for a change. */
    private synchronized void schedule(Task task, Optional<Duration> delay) {
        Optional.ofNullable(later.remove(task)).ifPresent(earlier -> earlier.cancel(false));
        if (!closed && delay.isPresent()) {
            later.put(task, timer.schedule(() -> add(task), delay.get().toNanos(), TimeUnit.NANOSECONDS));
        }
    }

    /** Waits until fewer tasks wait, so that a long row of them does not hold up what comes up meanwhile. */
    synchronized void awaitFewerThan(int tasks) {
        try {
            while (waiting.size() >= tasks && !closed) {
                wait(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Optional<Task> task = take();
        while (task.isPresent()) {
            run(task.get());
            task = take();
        }
    }

    private synchronized Optional<Task> take() {
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        if (closed) {
            return Optional.empty();
        }
        Task task = waiting.removeFirst();
        running.add(task);
        return Optional.of(task);
    }

    private void run(Task task) {
        Optional<Duration> next = Optional.empty();
        try {
            next = task.controller().reconcile(task.namespace(), task.name());
            succeeded(task);
        } catch (ConflictException e) {
            next = Optional.of(backoff(task)); // somebody else wrote meanwhile: look again at what is now
        } catch (RuntimeException e) {
            next = Optional.of(backoff(task));
            if (!isClosed() && !isOvertaken(e)) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("controller", task.controller().getClass().getSimpleName())
                        .addKeyValue("namespace", task.namespace())
                        .addKeyValue("name", task.name())
                        .log("reconciliation failed");
            }
        } finally {
            done(task, next);
        }
    }

    /** Somebody changed, removed or closed meanwhile what was to be written; or the store, which tells of it itself, cannot write now. */
    private static boolean isOvertaken(RuntimeException e) {
        return e instanceof StoreUnavailableException || e instanceof ApiException refused && Set.of(403, 404, 409)
                .contains(refused.code());
    }

    private synchronized void succeeded(Task task) {
        failures.remove(task);
    }

    private synchronized Duration backoff(Task task) {
        int attempt = failures.merge(task, 1, Integer::sum);
        return Duration.ofMillis(Math.min(LONGEST_BACKOFF_MS, 1L << Math.min(attempt, 14)));
    }

    private synchronized void done(Task task, Optional<Duration> next) {
        running.remove(task);
        schedule(task, next);
        if (again.remove(task) && waiting.add(task)) {
            notifyAll();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Waits for the tasks that run now, and runs no other. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            timer.shutdownNow();
            waiting.clear();
            notifyAll();
        }
        awaitIdle();
    }

    private synchronized void awaitIdle() {
        try {
            while (!running.isEmpty()) {
                wait(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

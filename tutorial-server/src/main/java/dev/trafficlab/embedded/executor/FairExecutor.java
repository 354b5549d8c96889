package dev.trafficlab.embedded.executor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Does work that needs a processor on a few platform threads, so that virtual threads, which everybody's sockets need, only wait for it.
 * Each owner (a namespace) has a queue of its own; the queues are served in turn, and no owner holds all threads: who has much to do
 * waits for itself alone. Safe for any number of threads.
 */
public final class FairExecutor implements AutoCloseable {

    private static final ThreadLocal<Boolean> WORKER = ThreadLocal.withInitial(() -> false);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Queue<Lane> ready = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int share;
    private final int waiting;
    private volatile boolean closed;

    private FairExecutor(int workers, int waiting) {
        this.share = Math.max(1, workers / 2);
        this.waiting = waiting;
        for (int i = 0; i < workers; i++) {
            Thread thread = Thread.ofPlatform().daemon().name("worker-" + i).unstarted(this::serve);
            // Sockets come first, where the operating system heeds it.
            thread.setPriority(Thread.NORM_PRIORITY - 1);
            threads.add(thread);
        }
    }

    /** A thread for each processor, two at least so that one owner leaves one to the others; so many works of one owner may wait. */
    public static FairExecutor start(int waiting) {
        return start(Math.max(2, Runtime.getRuntime().availableProcessors()), waiting);
    }

    static FairExecutor start(int workers, int waiting) {
        FairExecutor executor = new FairExecutor(workers, waiting);
        executor.threads.forEach(Thread::start);
        return executor;
    }

    /**
     * Does the work on a worker and waits for it; work that is part of other such work is done at once. What the work throws is thrown.
     *
     * @throws OverloadedException when too much of the owner's work waits already
     */
    public <T> T call(String owner, Supplier<T> task) {
        return call(owner, task, waiting);
    }

    /** As {@link #call}, for work whose amount is bounded elsewhere: it waits for its turn however much waits before it. */
    public <T> T callAlways(String owner, Supplier<T> task) {
        return call(owner, task, Integer.MAX_VALUE);
    }

    private <T> T call(String owner, Supplier<T> task, int most) {
        if (WORKER.get()) {
            return task.get();
        }
        Job<T> job = new Job<>(task);
        enqueue(owner, job, most);
        return job.await(() -> withdraw(owner, job));
    }

    private void enqueue(String owner, Job<?> job, int most) {
        lock.lock();
        try {
            if (closed) {
                throw new OverloadedException("the server is stopping");
            }
            Lane lane = lanes.computeIfAbsent(owner, Lane::new);
            if (lane.jobs.size() >= most) {
                throw new OverloadedException("too many requests of " + owner + " are waiting already");
            }
            lane.jobs.add(job);
            makeReady(lane);
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(String owner, Job<?> job) {
        lock.lock();
        try {
            Lane lane = lanes.get(owner);
            if (lane != null) {
                lane.jobs.remove(job);
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeReady(Lane lane) {
        if (!lane.ready && !lane.jobs.isEmpty() && lane.running < share) {
            lane.ready = true;
            ready.add(lane);
            work.signal();
        }
    }

    private void serve() {
        WORKER.set(true);
        while (!closed) {
            try {
                Turn turn = next();
                turn.job().ifPresent(Job::run);
                finished(turn.lane());
            } catch (InterruptedException e) {
                // closed, or left over from some work
            }
        }
    }

    /** The turn of the owner that has waited longest; its work may have been withdrawn meanwhile. */
    private Turn next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (ready.isEmpty()) {
                work.await();
            }
            Lane lane = ready.remove();
            lane.ready = false;
            Optional<Job<?>> job = Optional.ofNullable(lane.jobs.poll());
            lane.running++;
            makeReady(lane);
            return new Turn(lane, job);
        } finally {
            lock.unlock();
        }
    }

    private void finished(Lane lane) {
        lock.lock();
        try {
            lane.running--;
            makeReady(lane);
            if (lane.running == 0 && lane.jobs.isEmpty() && !lane.ready) {
                lanes.remove(lane.owner);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        List<Job<?>> left = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            lanes.values().forEach(lane -> left.addAll(lane.jobs));
            lanes.clear();
            ready.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(job -> job.refuse(new OverloadedException("the server is stopping")));
        threads.forEach(Thread::interrupt);
    }

    /** One owner's turn. */
    private record Turn(Lane lane, Optional<Job<?>> job) {}

    /** One owner's work; read and written under the lock. */
    private static final class Lane {

        private final String owner;
        private final Queue<Job<?>> jobs = new ArrayDeque<>();
        private int running;
        private boolean ready;

        Lane(String owner) {
            this.owner = owner;
        }
    }
}

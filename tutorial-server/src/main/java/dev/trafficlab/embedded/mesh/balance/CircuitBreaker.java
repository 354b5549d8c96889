package dev.trafficlab.embedded.mesh.balance;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** How much of a cluster may be in use at a time. Safe for any number of threads. */
public final class CircuitBreaker {

    /**
     * The limits of a connection pool, {@link #NONE} where the DestinationRule sets none.
     *
     * @param connections requests under way at a time, each with a connection of its own (HTTP/1.1)
     * @param pending requests that may wait for a connection
     * @param requests requests at a time, waiting ones included
     * @param retries retries at a time
     */
    public record Limits(int connections, int pending, int requests, int retries) {

        /** No limit. */
        public static final int UNLIMITED = Integer.MAX_VALUE;

        /** No limit at all, Istio's default. */
        public static final Limits NONE = new Limits(UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED);
    }

    /** Limits nothing, so it has nothing to count and serves every cluster. */
    private static final CircuitBreaker UNLIMITED = new CircuitBreaker(Limits.NONE);

    private final Limits limits;
    private final @Nullable Semaphore connections;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();

    private CircuitBreaker(Limits limits) {
        this.limits = limits;
        this.connections = limits.connections() == Limits.UNLIMITED ? null : new Semaphore(limits.connections());
    }

    /** A breaker with nothing in use. */
    public static CircuitBreaker of(Limits limits) {
        return limits.equals(Limits.NONE) ? UNLIMITED : new CircuitBreaker(limits);
    }

    /** The limits. */
    public Limits limits() {
        return limits;
    }

    /** How a request for a connection went. */
    public enum Entry {
        /** Go on, and {@link #leave} afterwards. */
        ADMITTED,
        /** There is no room left, not even to wait. */
        OVERFLOW,
        /** None came free in time. */
        TIMED_OUT
    }

    /** Takes a connection, waiting for one where that is allowed. */
    public Entry enter(long timeoutMillis) throws InterruptedException {
        if (this == UNLIMITED) {
            return Entry.ADMITTED;
        }
        if (!take(requests, limits.requests())) {
            return Entry.OVERFLOW;
        }
        if (connections == null || connections.tryAcquire()) {
            return Entry.ADMITTED;
        }
        Entry entry = queue(connections, timeoutMillis);
        if (entry != Entry.ADMITTED) {
            requests.decrementAndGet();
        }
        return entry;
    }

    private Entry queue(Semaphore free, long timeoutMillis) throws InterruptedException {
        if (!take(pending, limits.pending())) {
            return Entry.OVERFLOW;
        }
        try {
            return free.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS) ? Entry.ADMITTED : Entry.TIMED_OUT;
        } finally {
            pending.decrementAndGet();
        }
    }

    /** Gives the connection back. */
    public void leave() {
        if (this == UNLIMITED) {
            return;
        }
        requests.decrementAndGet();
        if (connections != null) {
            connections.release();
        }
    }

    /** Whether one more retry may run now; {@link #endRetry} afterwards if so. */
    public boolean beginRetry() {
        return take(retries, limits.retries());
    }

    /** The retry is over. */
    public void endRetry() {
        retries.decrementAndGet();
    }

    private static boolean take(AtomicInteger used, int limit) {
        if (used.incrementAndGet() <= limit) {
            return true;
        }
        used.decrementAndGet();
        return false;
    }
}

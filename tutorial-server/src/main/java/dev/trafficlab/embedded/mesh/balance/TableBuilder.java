package dev.trafficlab.embedded.mesh.balance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Builds large rings and tables one after the other on a thread of its own, so that this never takes the threads that requests need; the
 * requests that wait for one are parked. Envoy builds them off its workers, too (ThreadAwareLoadBalancerBase).
 */
final class TableBuilder {

    /** Up to so many entries a table is built where it is asked for: that takes less than handing it over. */
    static final int SMALL = 4_096;

    private static final Executor BUILDER = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "hash-tables");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    private TableBuilder() {}

    /** A table with about so many entries, there already where they are few. */
    static <T> CompletableFuture<T> build(long entries, Supplier<T> table) {
        return entries <= SMALL ? CompletableFuture.completedFuture(table.get())
                : CompletableFuture.supplyAsync(table, BUILDER);
    }
}

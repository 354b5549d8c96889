package dev.trafficlab.embedded.executor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Work with its outcome, which one thread waits for and another brings. */
final class Job<T> {

    private final Supplier<T> task;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    Job(Supplier<T> task) {
        this.task = task;
    }

    void run() {
        try {
            outcome.complete(task.get());
        } catch (Throwable thrown) {
            // Also a StackOverflowError: it is the caller's, and the worker lives on.
            outcome.completeExceptionally(thrown);
        }
    }

    void refuse(RuntimeException reason) {
        outcome.completeExceptionally(reason);
    }

    /**
     * Its result, or what it threw.
     *
     * @param givenUp is run when the waiting thread is interrupted: nobody waits any more
     */
    T await(Runnable givenUp) {
        try {
            return outcome.get();
        } catch (InterruptedException e) {
            givenUp.run();
            Thread.currentThread().interrupt();
            throw new OverloadedException("interrupted while waiting for a worker");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error problem) {
                throw problem;
            }
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e);
        }
    }
}

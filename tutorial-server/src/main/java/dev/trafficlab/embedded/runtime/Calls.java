package dev.trafficlab.embedded.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.embedded.mesh.Upstreams.UpstreamFailure;

/** Requests to apps: the caller's own thread does the work, and what an app does after its answer is done beside it. */
final class Calls {

    /** Where more than these are under way, the caller waits for its own: work must not pile up without end. */
    private static final int MOST_AFTERWARDS = 1000;

    private final Semaphore afterwards = new Semaphore(MOST_AFTERWARDS);

    AppResponse call(DemoApp app, AppRequest request) {
        AppResponse response = app.handle(request);
        Runnable work = response.afterwards();
        if (work.equals(AppResponse.NOTHING)) {
            return response;
        }
        AppResponse answer = new AppResponse(response.status(), response.headers(), response.body(),
                AppResponse.NOTHING);
        if (afterwards.tryAcquire()) {
            Thread.startVirtualThread(() -> finish(work));
        } else {
            work.run();
        }
        return answer;
    }

    private void finish(Runnable work) {
        try {
            work.run();
        } finally {
            afterwards.release();
        }
    }

    /** The app may itself wait for others, so a caller with a limit does not do the work on its own thread. */
    AppResponse call(DemoApp app, AppRequest request, Duration timeout) throws UpstreamFailure {
        CompletableFuture<AppResponse> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(call(app, request));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new UpstreamFailure(UpstreamFailure.Kind.TIMEOUT);
        } catch (ExecutionException e) {
            throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
        }
    }
}

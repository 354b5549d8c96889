package dev.trafficlab.embedded.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.embedded.mesh.Upstreams.UpstreamFailure;
import dev.trafficlab.embedded.mesh.work.CallChain;

/**
 * Requests to apps: the caller's own thread does the work, and what an app does after its answer is done beside it, or by the caller where
 * its lab has too much of that under way: work must not pile up without end.
 */
final class Calls {

    AppResponse call(DemoApp app, AppRequest request) {
        AppResponse response = app.handle(request);
        Runnable work = response.afterwards();
        if (work.equals(AppResponse.NOTHING)) {
            return response;
        }
        AppResponse answer = new AppResponse(response.status(), response.headers(), response.body(),
                AppResponse.NOTHING);
        if (!CallChain.fork(Thread::startVirtualThread, work)) {
            work.run();
        }
        return answer;
    }

    /** The app may itself wait for others, so a caller with a limit does not do the work on its own thread. */
    AppResponse call(DemoApp app, AppRequest request, Duration timeout) throws UpstreamFailure {
        CompletableFuture<AppResponse> answer = new CompletableFuture<>();
        CallChain chain = CallChain.branch();
        Thread.startVirtualThread(() -> chain.carry(() -> {
            try {
                answer.complete(call(app, request));
            } catch (RuntimeException | StackOverflowError e) {
                answer.completeExceptionally(e);
            }
        }));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            chain.abandon();
            throw new UpstreamFailure(UpstreamFailure.Kind.TIMEOUT);
        } catch (ExecutionException e) {
            throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
        } catch (InterruptedException e) {
            chain.abandon();
            Thread.currentThread().interrupt();
            throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
        }
    }
}

package dev.trafficlab.embedded.mesh.proxy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.mesh.Upstreams;
import dev.trafficlab.embedded.mesh.balance.CircuitBreaker;
import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.route.RouteAction.Retry;
import dev.trafficlab.embedded.mesh.work.CallChain;

/** Single tries to get an answer of one host, within the time and the room that there is. Envoy: router/upstream_request.cc. */
final class Attempts {

    private final Upstreams upstreams;
    private final InstantSource clock;

    Attempts(Upstreams upstreams, InstantSource clock) {
        this.upstreams = upstreams;
        this.clock = clock;
    }

    /** Makes one attempt at the chosen host, and reports to its cluster how it went. */
    Attempt make(Exchange exchange, UpstreamCluster cluster, AppRequest request, Retry retry, long deadline) {
        Host host = exchange.decision().host();
        long left = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, deadline - clock.millis());
        boolean perTry = retry.perTryTimeoutMillis() > 0 && retry.perTryTimeoutMillis() < left;
        long timeout = perTry ? retry.perTryTimeoutMillis() : left;
        Attempt attempt = admitted(cluster, host, request, timeout);
        if (attempt instanceof Attempt.TimedOut && !perTry) {
            attempt = new Attempt.OutOfTime();
        }
        switch (attempt) {
            case Attempt.Replied replied -> cluster.report(host, replied.response().status(), true, clock);
            case Attempt.TimedOut _,Attempt.OutOfTime _ -> cluster.report(host, 504, false, clock);
            case Attempt.Refused _,Attempt.Reset _,Attempt.ProtocolError _ -> cluster.report(host, 503, false, clock);
            case Attempt.Overflow _ -> {
            }
        }
        return attempt;
    }

    /** Calls the host as soon as the cluster has room for it. */
    Attempt admitted(UpstreamCluster cluster, Host host, AppRequest request, long timeoutMillis) {
        if (!CallChain.takeCall()) {
            return new Attempt.Overflow();
        }
        CircuitBreaker breaker = cluster.breaker();
        try {
            switch (breaker.enter(Math.min(timeoutMillis, Bounds.MESH_DELAY.toMillis()))) {
                case OVERFLOW -> {
                    return new Attempt.Overflow();
                }
                case TIMED_OUT -> {
                    return new Attempt.TimedOut();
                }
                case ADMITTED -> {
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Attempt.Reset();
        }
        host.begin();
        try {
            // All apps of this lab speak HTTP/1.1.
            return cluster.config().http2() ? new Attempt.ProtocolError() : call(host, request, timeoutMillis);
        } finally {
            host.end();
            breaker.leave();
        }
    }

    private Attempt call(Host host, AppRequest request, long timeoutMillis) {
        Optional<Duration> timeout = timeoutMillis == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(timeoutMillis));
        try {
            return new Attempt.Replied(upstreams.call(host.endpoint().ip(), host.endpoint().port(), seen(host, request),
                    timeout));
        } catch (Upstreams.UpstreamFailure failure) {
            return switch (failure.kind()) {
                case REFUSED -> new Attempt.Refused();
                case TIMEOUT -> new Attempt.TimedOut();
                case RESET -> new Attempt.Reset();
            };
        }
    }

    /** A sidecar of the pod keeps what is meant for it: the name of the caller's operation. */
    private static AppRequest seen(Host host, AppRequest request) {
        return host.endpoint().sidecar()
                ? new AppRequest(request.method(), request.host(), request.target(),
                        request.headers().minus("x-envoy-decorator-operation"), request.body())
                : request;
    }
}

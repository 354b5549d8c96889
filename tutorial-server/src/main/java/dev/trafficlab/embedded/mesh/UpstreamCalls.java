package dev.trafficlab.embedded.mesh;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.balance.CircuitBreaker;
import dev.trafficlab.embedded.mesh.balance.Cluster;
import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.balance.Pick;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteAction.Mirror;
import dev.trafficlab.embedded.mesh.route.RouteAction.Retry;

/** Envoy's router: tries hosts of the drawn cluster until one answers or the policy has had enough, and sends copies. Envoy: router/router.cc. */
final class UpstreamCalls {

    private static final int ALL = 1_000_000;
    private static final int SELECTION_ATTEMPTS = 6;
    private static final String CONNECT_ERROR = "upstream connect error or disconnect/reset before headers. ";

    private final Upstreams upstreams;
    private final RandomGenerator dice;
    private final InstantSource clock;
    private final MeshSettings settings;

    UpstreamCalls(Upstreams upstreams, RandomGenerator dice, InstantSource clock, MeshSettings settings) {
        this.upstreams = upstreams;
        this.dice = dice;
        this.clock = clock;
        this.settings = settings;
    }

    /** Sends the request, again where the policy wants it, and answers for the pods where none does. */
    AppResponse send(Exchange exchange, Forward forward, AppRequest request) {
        Cluster cluster = exchange.decision().destination().cluster();
        Retry retry = forward.retry();
        long deadline = forward.timeoutMillis() == 0 ? Long.MAX_VALUE : clock.millis() + forward.timeoutMillis();
        boolean retrying = false;
        for (int number = 1;; number++) {
            boolean chosen = choose(exchange, retry);
            if (!chosen) {
                endRetry(cluster, retrying);
                exchange.flag("UH");
                return LocalReply.of(503, "no healthy upstream");
            }
            exchange.narrator().picked(exchange, forward);
            if (number == 1) {
                mirror(exchange, forward, request);
            }
            Attempt attempt = attempt(exchange, cluster, numbered(request, number), retry, deadline);
            endRetry(cluster, retrying);
            exchange.narrator().tried(exchange.decision().host().endpoint(), attempt);
            boolean wanted = retry.attempts() > 0 && RetryDecision.wants(retry, attempt);
            retrying = wanted && number <= retry.attempts() && cluster.breaker().beginRetry();
            if (!retrying) {
                exchange.flags().addAll(unretried(wanted, number > retry.attempts()));
                return conclude(exchange, attempt, number > 1);
            }
            discard(attempt);
            if (!pause(retry, number, deadline)) {
                endRetry(cluster, true);
                return conclude(exchange, new Attempt.OutOfTime(), true);
            }
        }
    }

    private static List<String> unretried(boolean wanted, boolean exhausted) {
        return wanted ? List.of(exhausted ? "URX" : "UO") : List.of();
    }

    private static void endRetry(Cluster cluster, boolean retrying) {
        if (retrying) {
            cluster.breaker().endRetry();
        }
    }

    private static void discard(Attempt attempt) {
        if (attempt instanceof Attempt.Replied replied) {
            replied.response().afterwards().run();
        }
    }

    private static AppRequest numbered(AppRequest request, int number) {
        if (number == 1) {
            return request;
        }
        Headers headers = request.headers().with("x-envoy-attempt-count", String.valueOf(number));
        return new AppRequest(request.method(), request.host(), request.target(), headers, request.body());
    }

    /** Chooses a host, if the policy wants it one that was not tried yet; after some vain picks any will do. */
    private boolean choose(Exchange exchange, Retry retry) {
        boolean again = !exchange.tried().isEmpty() && retry.avoidTried();
        for (int attempt = 0; attempt < (again ? SELECTION_ATTEMPTS : 1); attempt++) {
            if (!exchange.decision().chooseHost(dice, clock, attempt)) {
                return false;
            }
            if (!exchange.tried().contains(exchange.decision().host())) {
                break;
            }
        }
        exchange.tried().add(exchange.decision().host());
        return true;
    }

    private Attempt attempt(Exchange exchange, Cluster cluster, AppRequest request, Retry retry, long deadline) {
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
            case Attempt.Refused _,Attempt.Reset _ -> cluster.report(host, 503, false, clock);
            case Attempt.Overflow _ -> {
            }
        }
        return attempt;
    }

    private Attempt admitted(Cluster cluster, Host host, AppRequest request, long timeoutMillis) {
        CircuitBreaker breaker = cluster.breaker();
        try {
            switch (breaker.enter(timeoutMillis)) {
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
            return call(host, request, timeoutMillis);
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
            return new Attempt.Replied(
                    upstreams.call(host.endpoint().ip(), host.endpoint().port(), request, timeout));
        } catch (Upstreams.UpstreamFailure failure) {
            return switch (failure.kind()) {
                case REFUSED -> new Attempt.Refused();
                case TIMEOUT -> new Attempt.TimedOut();
                case RESET -> new Attempt.Reset();
            };
        }
    }

    /** Waits before the next try, a random part of a pause that doubles up to ten times its base; false when time is up. */
    private boolean pause(Retry retry, int number, long deadline) {
        try {
            long longest = Math.min(retry.backoffMillis() << Math.min(number - 1, 10), retry.backoffMillis() * 10);
            long millis = Math.min(Long.remainderUnsigned(dice.nextLong(), longest), deadline - clock.millis());
            if (millis > 0) {
                settings.pause().forDuration(Duration.ofMillis(millis));
            }
            return clock.millis() < deadline;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static AppResponse conclude(Exchange exchange, Attempt attempt, boolean retried) {
        String reason = CONNECT_ERROR + (retried ? "retried and the latest " : "") + "reset reason: ";
        return switch (attempt) {
            case Attempt.Replied replied -> {
                exchange.answeredBy(exchange.decision().host().endpoint());
                yield replied.response();
            }
            case Attempt.Refused _ -> fail(exchange, "UF", 503, reason
                    + "remote connection failure, transport failure reason: delayed connect error: Connection refused");
            case Attempt.Reset _ -> fail(exchange, "UC", 503, reason + "connection termination");
            case Attempt.TimedOut _,Attempt.OutOfTime _ -> fail(exchange, "UT", 504, "upstream request timeout");
            case Attempt.Overflow _ -> {
                exchange.flag("UO");
                HeaderList headers = HeaderList.empty();
                headers.set("x-envoy-overloaded", "true");
                yield LocalReply.of(503, reason + "overflow", headers);
            }
        };
    }

    private static AppResponse fail(Exchange exchange, String flag, int status, String body) {
        exchange.flag(flag);
        return LocalReply.of(status, body);
    }

    /** Sends copies, whose answers nobody waits for. */
    private void mirror(Exchange exchange, Forward forward, AppRequest request) {
        for (Mirror mirror : forward.mirrors()) {
            boolean hit = Long.remainderUnsigned(dice.nextLong(), ALL) < mirror.millionths();
            Cluster cluster = mirror.cluster();
            Pick pick = new Pick();
            int index = hit ? cluster.pick(pick, dice, 0, clock) : -1;
            if (index >= 0) {
                Host host = pick.from.get(index);
                String mark = settings.version().marksShadowHosts() ? "-shadow" : "";
                AppRequest copy = new AppRequest(request.method(), request.host() + mark, request.target(),
                        request.headers(), request.body());
                long timeout = forward.timeoutMillis() == 0 ? Long.MAX_VALUE : forward.timeoutMillis();
                exchange.narrator().did("mirror", "A copy goes to " + host.endpoint().pod()
                        + "; nobody waits for what it answers.");
                settings.background().execute(() -> discard(admitted(cluster, host, copy, timeout)));
            }
        }
    }
}

package dev.trafficlab.embedded.mesh.proxy;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.mesh.MeshSettings;
import dev.trafficlab.embedded.mesh.Upstreams;
import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.balance.HostSelection;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteAction.Mirror;
import dev.trafficlab.embedded.mesh.route.RouteAction.Retry;
import dev.trafficlab.embedded.mesh.work.CallChain;

/** Envoy's router: tries hosts of the drawn cluster until one answers or the policy has had enough, and sends copies. Envoy: router/router.cc. */
final class UpstreamCalls {

    private static final int ALL = 1_000_000;
    private static final int SELECTION_ATTEMPTS = 6;
    private static final String CONNECT_ERROR = "upstream connect error or disconnect/reset before headers. ";

    private final Attempts attempts;
    private final RandomGenerator dice;
    private final InstantSource clock;
    private final MeshSettings settings;

    UpstreamCalls(Upstreams upstreams, RandomGenerator dice, InstantSource clock, MeshSettings settings) {
        this.attempts = new Attempts(upstreams, clock);
        this.dice = dice;
        this.clock = clock;
        this.settings = settings;
    }

    /** Sends the request, again where the policy wants it, and answers for the pods where none does. */
    AppResponse send(Exchange exchange, Forward forward, AppRequest request) {
        if (!mustWaitForBody(forward)) {
            return sendNow(exchange, forward, request);
        }
        try {
            return sendNow(exchange, forward, withBody(request, Body.of(request.body().bytes())));
        } catch (IOException e) {
            return fail(exchange, "DC", 400, "");
        }
    }

    private AppResponse sendNow(Exchange exchange, Forward forward, AppRequest request) {
        UpstreamCluster cluster = exchange.decision().destination().cluster();
        Retry retry = forward.retry();
        RetryBuffer body = new RetryBuffer(request.body());
        long deadline = forward.timeoutMillis() == 0 ? Long.MAX_VALUE : clock.millis() + forward.timeoutMillis();
        boolean retrying = false;
        for (int number = 1;; number++) {
            boolean chosen = choose(exchange, retry);
            if (!chosen) {
                endRetry(cluster, retrying);
                exchange.flag("UH");
                exchange.details("no_healthy_upstream");
                return LocalReply.of(503, "no healthy upstream");
            }
            exchange.narrator().picked(exchange, forward);
            if (number == 1) {
                mirror(exchange, forward, request);
            }
            AppRequest sent = retry.attempts() > 0 ? withBody(request, body.fromStart()) : request;
            Attempt attempt = attempts.make(exchange, cluster, numbered(sent, number), retry, deadline);
            endRetry(cluster, retrying);
            exchange.narrator().tried(exchange.decision().host().endpoint(), attempt);
            boolean wanted = retry.attempts() > 0 && body.canRepeat() && RetryDecision.wants(retry, attempt);
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

    /** Time counts from the request's end, and a copy is sent of all of it. Envoy: route_components.proto, {@code timeout}. */
    private static boolean mustWaitForBody(Forward forward) {
        return forward.timeoutMillis() > 0 || forward.retry().perTryTimeoutMillis() > 0 || !forward.mirrors().isEmpty();
    }

    private static AppRequest withBody(AppRequest request, Body body) {
        return new AppRequest(request.method(), request.host(), request.target(), request.headers(), body);
    }

    private static List<String> unretried(boolean wanted, boolean exhausted) {
        return wanted ? List.of(exhausted ? "URX" : "UO") : List.of();
    }

    private static void endRetry(UpstreamCluster cluster, boolean retrying) {
        if (retrying) {
            cluster.breaker().endRetry();
        }
    }

    private static void discard(Attempt attempt) {
        if (attempt instanceof Attempt.Replied replied) {
            replied.response().body().close();
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

    /** Chooses a host. Where the policy asks for hosts that were not tried yet, gives up after a few picks and takes any. */
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
            case Attempt.Refused _ -> fail(exchange, "UF", 503, reason + "remote connection failure");
            case Attempt.Reset _ -> fail(exchange, "UC", 503, reason + "connection termination");
            case Attempt.ProtocolError _ -> fail(exchange, "UPE", 502, reason + "protocol error");
            case Attempt.TimedOut _,Attempt.OutOfTime _ -> fail(exchange, "UT", 504, "upstream request timeout");
            case Attempt.Overflow _ -> {
                exchange.flag("UO");
                yield LocalReply.overflow(reason + "overflow");
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
            UpstreamCluster cluster = mirror.cluster();
            HostSelection pick = new HostSelection();
            int index = hit ? cluster.pick(pick, dice, 0, clock) : -1;
            if (index >= 0) {
                Host host = pick.from.get(index);
                String mark = settings.version().marksShadowHosts() ? "-shadow" : "";
                AppRequest copy = new AppRequest(request.method(), request.host() + mark, request.target(),
                        request.headers(), request.body());
                long timeout = forward.timeoutMillis() == 0 ? Long.MAX_VALUE : forward.timeoutMillis();
                boolean sent = CallChain.fork(settings.background(),
                        () -> discard(attempts.admitted(cluster, host, copy, timeout)));
                exchange.narrator()
                        .did("mirror", sent
                                ? "A copy goes to " + host.endpoint().pod() + "; nobody waits for what it answers."
                                : "No copy goes to " + host.endpoint().pod() + ": " + Bounds.MESH_BACKGROUND
                                        + " are under way already.");
            }
        }
    }
}

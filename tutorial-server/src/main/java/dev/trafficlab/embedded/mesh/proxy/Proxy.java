package dev.trafficlab.embedded.mesh.proxy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.MeshSettings;
import dev.trafficlab.embedded.mesh.Upstreams;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.balance.XxHash64;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.HashPolicy;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteAction.Fault;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.work.CallChain;
import dev.trafficlab.embedded.mesh.work.Refusal;

/**
 * What an Envoy does with a request once its route is known: faults, CORS, then the router. Envoy:
 * filters/http/fault/fault_filter.cc, router/router.cc.
 */
public final class Proxy {

    private static final int ALL = 1_000_000;

    private final UpstreamCalls calls;
    private final RandomGenerator dice;
    private final InstantSource clock;
    private final MeshSettings settings;

    public Proxy(Upstreams upstreams, RandomGenerator dice, InstantSource clock, MeshSettings settings) {
        this.calls = new UpstreamCalls(upstreams, dice, clock, settings);
        this.dice = dice;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Takes a request: its headers from now on are those that a proxy goes by.
     *
     * @param target the normalised path and query
     */
    public Exchange receive(MeshRequest request, String target, Exchange.ProxyContext side, TraceListener narrator) {
        RequestHead raw = new RequestHead(request.method(), request.authority(), target, request.headers(), request
                .peer());
        RequestHead head = new RequestHead(request.method(), request.authority(), target,
                ConnectionManager.received(request, raw.peerIp(), side.gateway(), dice), request.peer());
        return new Exchange(request, head, side, narrator, clock, dice);
    }

    /** Does what was decided, and answers. */
    public Answered run(Exchange exchange, Decision.Outcome outcome) {
        if (CallChain.regexRefused()) {
            Answered answer = finish(exchange, LocalReply.overflow(""));
            exchange.narrator().answered(answer);
            return answer;
        }
        exchange.narrator().routed(exchange, outcome);
        Answered answer = switch (outcome) {
            case NO_VIRTUAL_HOST, NO_ROUTE -> {
                exchange.flag("NR");
                yield finish(exchange, LocalReply.of(404, ""));
            }
            case HTTPS_ONLY -> finish(exchange, Redirects.toHttps(exchange.head()));
            case ROUTED -> finish(exchange, act(exchange));
        };
        exchange.narrator().answered(answer);
        return answer;
    }

    /** An answer without any route, for requests that no proxy takes. */
    public Answered refuse(Exchange exchange, int status) {
        Answered answer = finish(exchange, LocalReply.of(status, ""));
        exchange.narrator().answered(answer);
        return answer;
    }

    /** What Envoy answers where its circuit breakers have no room left. */
    public static Answered overloaded(TraceListener narrator) {
        Answered answer = new Answered(LocalReply.overflow("upstream connect error or disconnect/reset before headers. "
                + "reset reason: overflow"), List.of("UO"), Optional.empty());
        Refusal refusal = CallChain.refusal()
                .orElse(new Refusal("requests", "More requests are under way in this lab than it may have at a time."));
        narrator.did(refusal.limit(), refusal.reason());
        narrator.answered(answer);
        return answer;
    }

    private AppResponse act(Exchange exchange) {
        Route route = exchange.decision().route();
        return switch (route.action()) {
            case RouteAction.Redirect redirect -> {
                exchange.narrator()
                        .did("redirect", route.origin() + " answers with a redirect to "
                                + Redirects.location(redirect, exchange.head()) + ".");
                exchange.details("direct_response");
                yield routed(exchange, route, Redirects.answer(redirect, exchange.head()));
            }
            case RouteAction.DirectResponse direct -> {
                exchange.narrator()
                        .did("direct response", route.origin() + " answers by itself with status "
                                + direct.status() + ".");
                exchange.details("direct_response");
                yield routed(exchange, route, LocalReply.of(direct.status(), direct.body(), located(exchange, direct)));
            }
            case Forward forward -> {
                AppResponse response = filter(exchange, forward);
                boolean preflight = exchange.details().equals(CorsFilter.PREFLIGHT);
                HeaderList headers = HeaderList
                        .of((preflight ? response : routed(exchange, route, response)).headers());
                CorsFilter.onResponse(forward.cors(), exchange, headers);
                yield with(response, headers);
            }
        };
    }

    private static HeaderList located(Exchange exchange, RouteAction.DirectResponse direct) {
        HeaderList headers = HeaderList.empty();
        if (direct.status() == 201 || direct.status() / 100 == 3) {
            headers.set("location", Redirects.itself(exchange.head()));
        }
        return headers;
    }

    private AppResponse filter(Exchange exchange, Forward forward) {
        Optional<AppResponse> fault = fault(exchange, forward.fault());
        if (fault.isPresent()) {
            return fault.get();
        }
        Optional<AppResponse> preflight = CorsFilter.onRequest(forward.cors(), exchange);
        if (preflight.isPresent()) {
            exchange.narrator().did("cors", "The proxy answers the browser's preflight request by itself.");
            return preflight.get();
        }
        UpstreamCluster cluster = exchange.decision().destination().cluster();
        exchange.narrator().looked(exchange);
        if (!cluster.missing().isEmpty()) {
            exchange.flag("NC");
            exchange.details("cluster_not_found");
            return LocalReply.of(503, "");
        }
        hash(exchange, forward);
        AppRequest request = UpstreamRequest.of(exchange, forward);
        exchange.sent(request);
        exchange.sentAt(clock.millis());
        return calls.send(exchange, forward, request);
    }

    /** Injects what is to go wrong: first the delay, then the abort. */
    private Optional<AppResponse> fault(Exchange exchange, Fault fault) {
        if (fault.delayMillis() > 0 && hits(fault.delayMillionths())) {
            exchange.flag("DI");
            exchange.narrator().did("fault", "The rule injects a delay of " + fault.delayMillis() + " ms.");
            try {
                settings.pause().forDuration(Duration.ofMillis(fault.delayMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!hits(fault.abortMillionths())) {
            return Optional.empty();
        }
        exchange.flag("FI");
        exchange.details("fault_filter_abort");
        exchange.grpcStatus(fault.abortGrpcStatus());
        exchange.narrator()
                .did("fault", "The rule aborts this request with status " + fault.abortStatus()
                        + ", without asking any pod.");
        return Optional.of(LocalReply.of(fault.abortStatus(), "fault filter abort"));
    }

    private boolean hits(int millionths) {
        return millionths > 0 && Long.remainderUnsigned(dice.nextLong(), ALL) < millionths;
    }

    /** Hashes the request, if its balancer hashes; who has no cookie to hash gets one. */
    private static void hash(Exchange exchange, Forward forward) {
        if (!exchange.decision().destination().cluster().config().balancer().hashes()) {
            return;
        }
        exchange.decision().hash(forward, exchange.head());
        for (HashPolicy policy : forward.hashPolicies()) {
            if (policy instanceof HashPolicy.Cookie cookie && cookie.ttlSeconds().isPresent()
                    && cookie.key(exchange.head()).isEmpty()) {
                String value = HashPolicy.Cookie.madeUp(exchange.head().peer(), exchange.side().address());
                HashPolicy.mix(exchange.decision().pick(), XxHash64.hash(value));
                exchange.newCookie(cookie.setCookie(value));
            }
        }
    }

    /** What route and destination change about an answer, of a pod or of the proxy itself. */
    private AppResponse routed(Exchange exchange, Route route, AppResponse response) {
        HeaderList headers = HeaderList.of(response.headers());
        if (exchange.answeredBy().isPresent()) {
            exchange.details("via_upstream");
            headers.set("x-envoy-upstream-service-time", String.valueOf(clock.millis() - exchange.sentAt()));
            if (!exchange.newCookie().isEmpty()) {
                headers.add("set-cookie", exchange.newCookie());
            }
        } else {
            headers.remove("content-type");
            headers.remove("content-length");
        }
        HeaderMutation mutation = new HeaderMutation(Formatter.ofResponse(exchange, headers, response.status()));
        if (route.action() instanceof Forward) {
            mutation.apply(exchange.decision().destination().response(), headers);
        }
        mutation.apply(route.response(), headers);
        return with(response, headers);
    }

    private Answered finish(Exchange exchange, AppResponse response) {
        HeaderList headers = HeaderList.of(response.headers());
        headers.set("server", exchange.side().serverName());
        AppResponse whole = exchange.answeredBy().isPresent()
                ? with(response, headers)
                : LocalReply.framed(exchange.head(), response, headers, exchange.grpcStatus());
        return new Answered(whole, exchange.flags(), exchange.answeredBy().map(Answers::upstream));
    }

    private static AppResponse with(AppResponse response, HeaderList headers) {
        return new AppResponse(response.status(), headers.headers(), response.body(), response.afterwards());
    }
}

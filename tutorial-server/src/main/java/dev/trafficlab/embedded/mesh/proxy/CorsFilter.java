package dev.trafficlab.embedded.mesh.proxy;

import java.util.Optional;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.route.RouteAction.Cors;

/** Answers browsers that ask about other origins. Envoy: filters/http/cors/cors_filter.cc. */
final class CorsFilter {

    /** The response code details of a preflight that the proxy answers, which no header operation of the route touches. */
    static final String PREFLIGHT = "cors_preflight";

    private CorsFilter() {}

    /** Notes an allowed origin, and answers a preflight that the proxy answers by itself. */
    static Optional<AppResponse> onRequest(Cors cors, Exchange exchange) {
        Headers headers = exchange.head().headers();
        String origin = headers.first("origin").orElse("");
        if (!cors.on() || origin.isEmpty()) {
            return Optional.empty();
        }
        boolean allowed = cors.origins().stream().anyMatch(one -> one.matches("*") || one.matches(origin));
        if (allowed) {
            exchange.corsOrigin(origin);
        }
        String method = headers.first("access-control-request-method").orElse("");
        boolean preflight = exchange.head().method().equals("OPTIONS") && !method.isEmpty();
        if (!preflight || !allowed && cors.forwardUnmatched()) {
            return Optional.empty();
        }
        return Optional.of(preflight(cors, exchange, method));
    }

    private static AppResponse preflight(Cors cors, Exchange exchange, String method) {
        exchange.details(PREFLIGHT);
        HeaderList answer = HeaderList.empty();
        Headers headers = exchange.head().headers();
        set(answer, "access-control-allow-origin", exchange.corsOrigin());
        set(answer, "access-control-allow-credentials", cors.credentials() ? "true" : "");
        set(answer, "access-control-allow-methods", cors.methods().equals("*") ? method : cors.methods());
        if (cors.requestHeaders().equals("*")) {
            answer.set("access-control-allow-headers", headers.first("access-control-request-headers").orElse(""));
        } else {
            set(answer, "access-control-allow-headers", cors.requestHeaders());
        }
        set(answer, "access-control-max-age", cors.maxAge());
        return LocalReply.of(200, "", answer);
    }

    /** Tells the browser what it may do with the answer. */
    static void onResponse(Cors cors, Exchange exchange, HeaderList answer) {
        if (!exchange.corsOrigin().isEmpty()) {
            set(answer, "access-control-allow-origin", exchange.corsOrigin());
            set(answer, "access-control-allow-credentials", cors.credentials() ? "true" : "");
            set(answer, "access-control-expose-headers", cors.exposedHeaders());
        }
    }

    private static void set(HeaderList headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.set(name, value);
        }
    }
}

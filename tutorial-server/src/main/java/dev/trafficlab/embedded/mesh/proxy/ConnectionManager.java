package dev.trafficlab.embedded.mesh.proxy;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;

/**
 * The headers of a request once a proxy has taken it, before any route is looked for: orders that clients may not give are gone, and
 * what tells where the request came from is there. Envoy: http/conn_manager_utility.cc.
 */
final class ConnectionManager {

    /** Orders to proxies, taken from no request that is not known to be internal; Envoy knows none so by default. */
    private static final List<String> ORDERS = List.of("x-envoy-retry-on", "x-envoy-retry-grpc-on",
            "x-envoy-max-retries", "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names",
            "x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-rq-per-try-timeout-ms",
            "x-envoy-upstream-rq-timeout-alt-response", "x-envoy-upstream-alt-stat-name",
            "x-envoy-expected-rq-timeout-ms", "x-envoy-hedge-on-per-try-timeout", "x-envoy-force-trace",
            "x-envoy-ip-tags", "x-envoy-internal", "x-forwarded-client-cert");

    /** What only a proxy at the edge removes. */
    private static final List<String> EDGE = List.of("x-envoy-decorator-operation",
            "x-envoy-downstream-service-cluster", "x-envoy-downstream-service-node", "x-envoy-original-path",
            "x-envoy-original-host");

    private ConnectionManager() {}

    /** The headers of a request that comes to the gateway, or to a pod's own sidecar. */
    static Headers received(MeshRequest request, String peerIp, boolean gateway, RandomGenerator dice) {
        HeaderList headers = HeaderList.of(request.headers());
        ORDERS.forEach(headers::remove);
        if (headers.first("referer").filter(referer -> referer.indexOf('#') >= 0).isPresent()) {
            headers.remove("referer");
        }
        if (!gateway) {
            headers.setIfAbsent("x-forwarded-proto", "http");
            headers.setIfAbsent("x-request-id", requestId(dice));
            return headers.headers();
        }
        EDGE.forEach(headers::remove);
        List<String> forwarded = headers.all("x-forwarded-for").stream().filter(line -> !line.isEmpty()).toList();
        headers.set("x-forwarded-for", forwarded.isEmpty() ? peerIp : String.join(",", forwarded) + "," + peerIp);
        headers.set("x-forwarded-proto", "http");
        headers.set("x-envoy-external-address", peerIp);
        headers.set("x-request-id", requestId(dice));
        return headers.headers();
    }

    /** A random UUID (RFC 9562, version 4). */
    static String requestId(RandomGenerator dice) {
        long high = dice.nextLong() & ~0xF000L | 0x4000L;
        long low = dice.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}

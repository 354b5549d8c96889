package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for connection pools. */
public final class ConnectionPoolValidation {

    private static final Map<String, String> LIMITS = new LinkedHashMap<>();
    static {
        LIMITS.put("http1MaxPendingRequests", "http1 max pending requests");
        LIMITS.put("http2MaxRequests", "http2 max requests");
        LIMITS.put("maxRequestsPerConnection", "max requests per connection");
        LIMITS.put("maxRetries", "max retries");
        LIMITS.put("maxConcurrentStreams", "max concurrent streams");
    }

    private final WebhookFindings findings;

    public ConnectionPoolValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    public void check(ProtoJson pool) {
        if (!pool.has("http") && !pool.has("tcp")) {
            findings.error("connection pool must have at least one field");
        }
        pool.message("http").ifPresent(this::checkHttp);
        pool.message("tcp").ifPresent(this::checkTcp);
    }

    private void checkHttp(ProtoJson http) {
        LIMITS.forEach((field, name) -> checkLimit(http, field, name));
        Durations.check(http, List.of("idleTimeout"), findings);
        if (http.text("h2UpgradePolicy").equals("UPGRADE") && http.flag("useClientProtocol")) {
            findings.error("use client protocol must not be true when H2UpgradePolicy is UPGRADE");
        }
    }

    private void checkTcp(ProtoJson tcp) {
        checkLimit(tcp, "maxConnections", "max connections");
        Durations.check(tcp, List.of("connectTimeout", "maxConnectionDuration"), findings);
        // Zero switches the timeout off.
        if (tcp.duration("idleTimeout").orElse(0) != 0) {
            Durations.check(tcp, List.of("idleTimeout"), findings);
        }
        Durations.check(tcp.at("tcpKeepalive"), List.of("time", "interval"), findings);
    }

    private void checkLimit(ProtoJson owner, String field, String name) {
        if (owner.number(field) < 0) {
            findings.error(name + " must be non-negative");
        }
    }
}

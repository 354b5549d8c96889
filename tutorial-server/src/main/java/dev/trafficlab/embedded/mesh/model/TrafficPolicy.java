package dev.trafficlab.embedded.mesh.model;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.trafficlab.embedded.mesh.balance.CircuitBreaker.Limits;
import dev.trafficlab.embedded.mesh.balance.LoadBalancer;
import dev.trafficlab.embedded.mesh.balance.MaglevTable;
import dev.trafficlab.embedded.mesh.balance.OutlierPolicy;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;

/**
 * The trafficPolicy of one port of one subset: port settings replace the level they stand on, the subset's override the host's.
 * Istio: networking/util/util.go, core/cluster_traffic_policy.go.
 */
public record TrafficPolicy(JsonNode loadBalancer, JsonNode connectionPool, JsonNode outlierDetection) {

    private static final long DEFAULT_RING_SIZE = 1024;
    private static final List<String> TOLD = List.of("tunnel", "proxyProtocol", "retryBudget");

    public static TrafficPolicy of(JsonNode host, JsonNode subset, int port) {
        JsonNode wide = atPort(host, port);
        JsonNode narrow = atPort(subset, port);
        return new TrafficPolicy(either(narrow, wide, "loadBalancer"), either(narrow, wide, "connectionPool"),
                either(narrow, wide, "outlierDetection"));
    }

    /** The policy of the port alone where there is one. */
    public static JsonNode atPort(JsonNode policy, int port) {
        for (JsonNode setting : policy.path("portLevelSettings")) {
            if (setting.path("port").path("number").asInt() == port) {
                return setting;
            }
        }
        return policy;
    }

    private static JsonNode either(JsonNode narrow, JsonNode wide, String field) {
        return Json.has(narrow, field) ? narrow.path(field) : wide.path(field);
    }

    /** How hosts are chosen; a rotation goes on where its predecessor is. */
    public LoadBalancer balancer(boolean legacyDefault, Optional<UpstreamCluster> predecessor, RandomGenerator dice) {
        JsonNode hash = loadBalancer.path("consistentHash");
        if (!hash.isMissingNode()) {
            return hashing(hash);
        }
        return switch (balancerName(legacyDefault)) {
            case "ROUND_ROBIN" -> predecessor.map(old -> old.config().balancer())
                    .filter(old -> old instanceof LoadBalancer.RoundRobin)
                    .orElseGet(() -> LoadBalancer.RoundRobin.from(dice));
            case "RANDOM", "PASSTHROUGH" -> new LoadBalancer.Uniform();
            default -> new LoadBalancer.LeastRequest();
        };
    }

    private static LoadBalancer hashing(JsonNode hash) {
        if (Json.has(hash, "maglev")) {
            int size = hash.path("maglev").path("tableSize").asInt();
            return new LoadBalancer.Maglev(size > 0 ? size : MaglevTable.DEFAULT_SIZE);
        }
        long deprecated = hash.path("minimumRingSize").asLong();
        long size = hash.path("ringHash").path("minimumRingSize").asLong(deprecated);
        return new LoadBalancer.RingHash(size > 0 ? size : DEFAULT_RING_SIZE);
    }

    /** The balancer as one writes it in a DestinationRule. */
    public String balancerName(boolean legacyDefault) {
        JsonNode hash = loadBalancer.path("consistentHash");
        if (!hash.isMissingNode()) {
            return Json.has(hash, "maglev") ? "consistentHash (maglev)" : "consistentHash (ring hash)";
        }
        String simple = Json.text(loadBalancer, "simple");
        return switch (simple) {
            case "", "UNSPECIFIED" -> legacyDefault ? "ROUND_ROBIN" : "LEAST_REQUEST";
            case "LEAST_CONN" -> "LEAST_REQUEST";
            default -> simple;
        };
    }

    public Limits limits() {
        JsonNode http = connectionPool.path("http");
        return new Limits(limit(connectionPool.path("tcp"), "maxConnections"), limit(http, "http1MaxPendingRequests"),
                limit(http, "http2MaxRequests"), limit(http, "maxRetries"));
    }

    /** Whether the proxy speaks HTTP/2 to the pods: by the port's protocol, else where an upgrade of plain HTTP is asked for. */
    public boolean http2(ServiceView.Port port) {
        JsonNode http = connectionPool.path("http");
        boolean upgraded = port.name().split("-", 2)[0].equals("http") && Json.text(http, "h2UpgradePolicy")
                .equals(
                        "UPGRADE");
        return (port.http2() || upgraded) && !http.path("useClientProtocol").asBoolean();
    }

    private static int limit(JsonNode settings, String field) {
        int limit = settings.path(field).asInt();
        return limit > 0 ? limit : Limits.UNLIMITED;
    }

    public Optional<OutlierPolicy> outliers() {
        JsonNode told = outlierDetection;
        if (told instanceof MissingNode) {
            return Optional.empty();
        }
        int errors = told.path("consecutive5xxErrors").asInt(5);
        int gateway = told.path("consecutiveGatewayErrors").asInt(0);
        long interval = Json.millis(told, "interval");
        long ejection = Json.millis(told, "baseEjectionTime");
        int share = told.path("maxEjectionPercent").asInt();
        return Optional.of(new OutlierPolicy(errors, gateway, told.path("consecutiveLocalOriginFailures").asInt(5),
                told.path("splitExternalLocalOriginErrors").asBoolean(), interval > 0 ? interval : 10_000,
                ejection > 0 ? ejection : 30_000, share > 0 ? share : 10, told.path("minHealthPercent").asInt()));
    }

    /** Tells what of the policy has no effect here. */
    public static void tell(ObjectMeta meta, JsonNode policy, String where, UnsupportedReport findings) {
        for (String field : TOLD) {
            if (Json.has(policy, field)) {
                findings.notSupported(meta, where + "." + field + " is not supported: it has no effect here.");
            }
        }
        JsonNode balancer = policy.path("loadBalancer");
        for (String field : List.of("localityLbSetting", "warmupDurationSecs", "warmup")) {
            if (Json.has(balancer, field)) {
                findings.notSupported(meta, where + ".loadBalancer." + field
                        + " is not supported: it has no effect here.");
            }
        }
        String mode = Json.text(policy.path("tls"), "mode");
        if (!mode.isEmpty() && !mode.equals("DISABLE") && !mode.equals("ISTIO_MUTUAL")) {
            findings.notSupported(meta, where + ".tls.mode " + mode
                    + " is not supported: nothing is encrypted between the pods of this lab.");
        }
        for (JsonNode setting : policy.path("portLevelSettings")) {
            tell(meta, setting, where + ".portLevelSettings", findings);
        }
    }
}

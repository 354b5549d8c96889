package dev.trafficlab.embedded.mesh.balance;

/**
 * When a host is taken out for a while. Envoy: upstream/outlier_detection_impl.cc; Istio: core/cluster_traffic_policy.go.
 *
 * @param errors consecutive answers of 500 and more that eject it, 0 for never
 * @param gatewayErrors consecutive answers 502, 503 and 504 that eject it, 0 for never
 * @param localErrors consecutive failures without an answer that eject it, where they are counted apart; 0 for never
 * @param splitLocal whether failures without an answer are counted apart
 * @param intervalMillis how often ejections are looked at again
 * @param baseEjectionMillis how long the first ejection lasts, the second twice as long, …
 * @param maxEjectionPercent the share of hosts that may be out at a time
 * @param minHealthPercent below this share of hosts in health all of them are used again
 */
public record OutlierPolicy(int errors, int gatewayErrors, int localErrors, boolean splitLocal, long intervalMillis,
        long baseEjectionMillis, int maxEjectionPercent, int minHealthPercent) {

    private static final long MAX_EJECTION_MILLIS = 300_000;

    long ejectionMillis(int ejections) {
        return Math.min(baseEjectionMillis * ejections, Math.max(MAX_EJECTION_MILLIS, baseEjectionMillis));
    }
}

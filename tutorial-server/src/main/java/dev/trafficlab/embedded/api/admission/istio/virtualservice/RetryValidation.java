package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for retries. */
final class RetryValidation {

    private static final Set<String> POLICIES = Set.of("5xx", "gateway-error", "reset", "reset-before-request",
            "connect-failure", "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers",
            "envoy-ratelimited", "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal",
            "resource-exhausted", "unavailable");

    /** The status codes that HTTP has a name for. */
    private static final Pattern STATUS_CODES = Pattern.compile("10[0-3]|20[0-8]|226|30[0-5]|30[78]|40[0-9]|41[0-8]"
            + "|42[1-6]|42[89]|431|451|50[0-8]|51[01]");

    private final WebhookFindings findings;

    RetryValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson retries) {
        long attempts = retries.number("attempts");
        if (attempts < 0) {
            findings.listedError("attempts cannot be negative");
        }
        boolean policy = Stream.of("perTryTimeout", "retryRemoteLocalities").anyMatch(retries::has)
                || retries.isSet("retryOn");
        if (attempts == 0 && policy) {
            findings.error("http retry policy configured when attempts are set to 0 (disabled)");
        }
        Durations.check(retries, List.of("perTryTimeout"), findings);
        if (retries.isSet("retryOn")) {
            Stream.of(retries.text("retryOn").split(",", -1))
                    .filter(name -> !isPolicy(name))
                    .forEach(name -> findings.error(DomainNames.quote(name) + " is not a valid retryOn policy"));
        }
        Durations.check(retries, List.of("backoff"), findings);
    }

    private static boolean isPolicy(String name) {
        return POLICIES.contains(name) || STATUS_CODES.matcher(name).matches();
    }
}

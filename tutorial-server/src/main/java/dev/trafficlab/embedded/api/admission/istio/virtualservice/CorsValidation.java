package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Set;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for a CORS policy. */
final class CorsValidation {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT",
            "OPTIONS",
            "TRACE", "*");
    private static final long SECOND = 1_000_000_000L;

    private final WebhookFindings findings;

    CorsValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson policy) {
        policy.messages("allowOrigins").forEach(this::checkOrigin);
        policy.texts("allowMethods")
                .stream()
                .filter(method -> !METHODS.contains(method))
                .forEach(method -> findings.error(DomainNames.quote(method) + " is not a supported HTTP method"));
        var headers = new HeaderValidation(findings);
        policy.texts("allowHeaders").forEach(headers::checkCors);
        policy.texts("exposeHeaders").forEach(headers::checkCors);
        Durations.check(policy, List.of("maxAge"), findings);
        if (policy.duration("maxAge").orElse(0) % SECOND > 0) {
            findings.listedError("max_age duration is accurate only to seconds precision");
        }
    }

    private void checkOrigin(ProtoJson origin) {
        boolean named = origin.isSet("exact") || origin.isSet("prefix") || origin.isSet("regex");
        if (!named) {
            findings.error("'' is not a valid match type for CORS allow origins");
        } else {
            StringMatches.checkRegex(origin, "corsPolicy.allowOrigins", findings);
        }
    }
}

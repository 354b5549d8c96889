package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Locale;

import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for one HTTP route of a VirtualService. */
final class HttpRouteValidation {

    private static final int HUNDRED = 100;

    private final WebhookFindings findings;
    private final boolean delegate;

    /** @param delegate whether the routes are those of a delegate, a VirtualService without hosts */
    HttpRouteValidation(WebhookFindings findings, boolean delegate) {
        this.findings = findings;
        this.delegate = delegate;
    }

    void check(ProtoJson route) {
        checkActions(route);
        var matches = new HttpMatchValidation(findings);
        route.messages("match").forEach(matches::checkStrings);
        route.messages("match").forEach(matches::checkOrigin);
        var headers = new HeaderValidation(findings);
        headers.checkOperations(route.at("headers"));
        route.message("corsPolicy").ifPresent(policy -> new CorsValidation(findings).check(policy));
        route.message("fault").ifPresent(fault -> new FaultValidation(findings).check(fault));
        checkMirrors(route);
        var answers = new HttpAnswerValidation(findings);
        route.message("redirect").ifPresent(answers::checkRedirect);
        route.message("directResponse").ifPresent(answers::checkDirectResponse);
        route.message("retries").ifPresent(retries -> new RetryValidation(findings).check(retries));
        route.message("rewrite").ifPresent(answers::checkRewrite);
        headers.checkAuthority(route);
        new DestinationValidation(findings).checkWeighted(route.messages("route"));
        Durations.check(route, List.of("timeout"), findings);
    }

    private void checkActions(ProtoJson route) {
        if (route.has("delegate") && !delegate) {
            checkRoot(route);
            return;
        }
        if (route.has("delegate")) {
            findings.error("delegate HTTP route cannot contain delegate");
        }
        if (route.has("redirect")) {
            forbidBeside(route, "redirect");
        } else if (route.has("directResponse")) {
            forbidBeside(route, "direct_response");
        } else if (route.messages("route").isEmpty()) {
            findings.error("HTTP route, redirect or direct_response is required");
        }
        if (route.has("mirror") && !route.messages("mirrors").isEmpty()) {
            findings.error("HTTP route cannot contain both mirror and mirrors");
        }
    }

    /** A root route hands its requests to a delegate and does nothing else. */
    private void checkRoot(ProtoJson route) {
        for (String action : List.of("redirect", "route")) {
            if (route.has(action)) {
                findings.error("root HTTP route " + route.text("name") + " must not specify " + action);
            }
        }
    }

    private void forbidBeside(ProtoJson route, String action) {
        if (!route.messages("route").isEmpty()) {
            findings.error("HTTP route cannot contain both route and " + action);
        }
        if (route.has("fault")) {
            findings.error("HTTP route cannot contain both fault and " + action);
        }
        if (route.has("rewrite")) {
            findings.error("HTTP route rule cannot contain both rewrite and " + action);
        }
        if (action.equals("redirect") && route.has("directResponse")) {
            findings.error("HTTP route rule cannot contain both direct_response and redirect");
        }
    }

    private void checkMirrors(ProtoJson route) {
        String percentField = route.has("mirrorPercent") ? "mirrorPercent" : "mirror_percent";
        if (route.has(percentField)) {
            if (route.number(percentField) > HUNDRED) {
                findings.error("mirror_percent must have a max value of 100 (it has " + route.number(percentField)
                        + ")");
            }
            findings.warning("using deprecated setting \"mirrorPercent\", use \"mirrorPercentage\" instead");
        }
        route.message("mirrorPercentage").ifPresent(percent -> checkShare(percent, "mirror_percentage"));
        var destinations = new DestinationValidation(findings);
        route.message("mirror").ifPresent(destinations::check);
        for (ProtoJson mirror : route.messages("mirrors")) {
            if (mirror.has("destination")) {
                destinations.check(mirror.at("destination"));
                mirror.message("percentage").ifPresent(share -> checkShare(share, "mirror percentage"));
            } else {
                findings.error("destination is required for mirrors");
            }
        }
    }

    private void checkShare(ProtoJson percent, String name) {
        double value = percent.decimal("value");
        String shown = String.format(Locale.ROOT, "%f", value);
        if (value > HUNDRED) {
            findings.error(name + " must have a max value of 100 (it has " + shown + ")");
        }
        if (value < 0) {
            findings.error(name + " must have a min value of 0 (it has " + shown + ")");
        }
    }
}

package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for what a route answers itself, and for how it rewrites requests. */
final class HttpAnswerValidation {

    private static final int KILOBYTE = 1024;

    private final WebhookFindings findings;

    HttpAnswerValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    /** A redirect; Istio tells of the first thing wrong with it only. */
    void checkRedirect(ProtoJson redirect) {
        boolean empty = Stream.of("uri", "authority", "scheme").noneMatch(redirect::isSet)
                && Stream.of("port", "derivePort").noneMatch(redirect::has);
        long code = redirect.number("redirectCode");
        String scheme = redirect.text("scheme");
        if (empty) {
            findings.error("redirect must specify URI, authority, scheme, or port");
        } else if (code != 0 && (code < 300 || code > 399)) {
            findings.error(code + " is not a valid redirect code, must be 3xx");
        } else if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
            findings.error("invalid redirect scheme, must be \"http\" or \"https\"");
        } else if (redirect.number("port") > 0) {
            findings.error(DomainNames.checkPort(redirect.number("port")));
        }
    }

    void checkDirectResponse(ProtoJson response) {
        ProtoJson body = response.at("body");
        int size = body.has("string")
                ? body.text("string").getBytes(StandardCharsets.UTF_8).length
                : body.text("bytes").length() / 4 * 3;
        if (size > KILOBYTE * KILOBYTE) {
            findings.error("large direct_responses may impact control plane performance, must be less than 1MB");
        } else if (size > 100 * KILOBYTE) {
            findings.warning("large direct_responses may impact control plane performance");
        }
        checkStatus(response.number("status"), findings);
    }

    /** A status that is to be answered. */
    static void checkStatus(long status, WebhookFindings findings) {
        // 600 is let through, whatever the text says: so does Istio.
        if (status < 200 || status > 600) {
            findings.error("HTTP status " + status + " is not in range 200-599");
        }
    }

    void checkRewrite(ProtoJson rewrite) {
        boolean expression = rewrite.has("uriRegexRewrite");
        if (rewrite.isSet("uri") && expression) {
            findings.error("rewrite may only contain one of URI or UriRegexRewrite");
        } else if (!rewrite.isSet("uri") && !expression && !rewrite.isSet("authority")) {
            findings.error(
                    "rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or "
                            + "UriRegexRewrite may be specified");
        } else if (expression) {
            checkExpression(rewrite.at("uriRegexRewrite"));
        }
    }

    private void checkExpression(ProtoJson rewrite) {
        var wrong = new WebhookFindings();
        if (rewrite.isSet("match") && rewrite.isSet("rewrite")) {
            StringMatches.checkExpression(rewrite.text("match"), "HTTPRewrite.UriRegexRewrite.Match", wrong);
        } else {
            wrong.error("UriRegexRewrite requires both Rewrite and Match fields to be specified");
        }
        findings.error(wrong.denial().map(text -> "UriRegexRewrite has errors\n" + text));
    }
}

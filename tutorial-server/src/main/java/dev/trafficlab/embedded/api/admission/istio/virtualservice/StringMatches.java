package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import com.google.re2j.PatternSyntaxException;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;
import dev.trafficlab.embedded.regex.BoundedRegex;

/** The rules for string matches and regular expressions. */
final class StringMatches {

    private static final int LIMIT = 1024;

    private StringMatches() {}

    /** A match that must not be empty. */
    static void check(ProtoJson match, String where, WebhookFindings findings) {
        if (match.has("prefix") && !match.isSet("prefix")) {
            findings.error(DomainNames.quote(where) + ": prefix string match should not be empty");
        } else {
            checkRegex(match, where, findings);
        }
    }

    /** A match whose prefix may be empty: a path. */
    static void checkRegex(ProtoJson match, String where, WebhookFindings findings) {
        if (!match.has("regex")) {
            return;
        }
        if (match.isSet("regex")) {
            checkExpression(match.text("regex"), where, findings);
        } else {
            findings.error(DomainNames.quote(where) + ": regex string match should not be empty");
        }
    }

    static void checkExpression(String expression, String where, WebhookFindings findings) {
        if (expression.length() > LIMIT) {
            findings.error(DomainNames.quote(where) + ": regex is too large, max length allowed is 1024");
            return;
        }
        try {
            BoundedRegex.check(expression);
        } catch (PatternSyntaxException malformed) {
            findings.error(DomainNames.quote(where) + ": " + malformed.getMessage()
                    + "; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)");
        }
    }
}

package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.Locale;
import java.util.Set;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for header names and for what a route does to headers. */
final class HeaderValidation {

    private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
    private static final Pattern VALUE = Pattern.compile("[^\\x00-\\x08\\x0A-\\x1F\\x7F]*");
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path", ":status");
    private static final Pattern CLAIM = Pattern.compile("@request\\.auth\\.claims[.\\[].+");

    private final WebhookFindings findings;

    HeaderValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    /** A header that a route matches. */
    void checkMatched(String name) {
        if (name.isEmpty()) {
            findings.error("header name cannot be empty");
        } else if (!isClaim(name) && !PSEUDO.contains(name) && !NAME.matcher(name).matches()) {
            findings.error("header name " + name + " is not a valid header name");
        }
    }

    /** A header that a CORS policy names. */
    void checkCors(String name) {
        if (name.isEmpty()) {
            findings.error("header name cannot be empty");
        } else if (!name.equals("*") && !NAME.matcher(name).matches()) {
            findings.error("header name " + name + " is not a valid header name");
        }
    }

    /** Whether the name stands for a claim of a token. */
    static boolean isClaim(String name) {
        return CLAIM.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** What a route or a destination does to the headers of requests and responses. */
    void checkOperations(ProtoJson headers) {
        ProtoJson request = headers.at("request");
        request.strings("add").forEach(this::checkRequest);
        request.strings("set").forEach(this::checkRequest);
        request.texts("remove").forEach(this::checkName);
        ProtoJson response = headers.at("response");
        response.strings("add").forEach(this::checkResponse);
        response.strings("set").forEach(this::checkResponse);
        response.texts("remove").forEach(this::checkName);
    }

    private void checkRequest(String name, String value) {
        if (name.isEmpty()) {
            findings.error("header name cannot be empty");
        } else if (name.startsWith(":") && !isAuthority(name)) {
            findings.error(pseudo(name));
        }
        checkValue(value);
    }

    private void checkResponse(String name, String value) {
        checkName(name);
        checkValue(value);
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            findings.error("header name cannot be empty");
        } else if (name.equalsIgnoreCase("host")) {
            findings.error("invalid header " + DomainNames.quote(name) + ": cannot set Host header");
        } else if (name.startsWith(":")) {
            findings.error(pseudo(name));
        }
    }

    private static String pseudo(String name) {
        return "invalid header " + DomainNames.quote(name) + ": header cannot have \":\" prefix";
    }

    private void checkValue(String value) {
        if (VALUE.matcher(value).matches()) {
            findings.error(HeaderFormat.check(value).map(wrong -> "header value configuration: " + wrong));
        } else {
            findings.error("header value configuration " + value + " is invalid");
        }
    }

    /** The authority may be rewritten in one place only. */
    void checkAuthority(ProtoJson route) {
        String current = route.at("rewrite").text("authority");
        for (String operation : new String[]{"set", "add"}) {
            for (var header : route.at("headers").at("request").strings(operation).entrySet()) {
                if (isAuthority(header.getKey())) {
                    if (!current.isEmpty()) {
                        findings.error("authority header cannot be set multiple times: have " + DomainNames.quote(
                                current)
                                + ", attempting to set " + DomainNames.quote(header.getValue()));
                        return;
                    }
                    current = header.getValue();
                }
            }
        }
    }

    private static boolean isAuthority(String name) {
        return name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
    }
}

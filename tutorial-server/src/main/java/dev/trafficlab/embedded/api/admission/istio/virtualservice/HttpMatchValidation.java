package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.GatewayNames;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for the conditions of an HTTP route. */
final class HttpMatchValidation {

    private final WebhookFindings findings;
    private final HeaderValidation headers;

    HttpMatchValidation(WebhookFindings findings) {
        this.findings = findings;
        headers = new HeaderValidation(findings);
    }

    /** What of the request is matched. */
    void checkStrings(ProtoJson match) {
        for (String name : match.keys("headers")) {
            headers.checkMatched(name);
            StringMatches.check(match.at("headers").at(name), "headers", findings);
        }
        for (String name : match.keys("withoutHeaders")) {
            headers.checkMatched(name);
            ProtoJson value = match.at("withoutHeaders").at(name);
            // A lone star is no expression: it asks whether the header is there.
            if (!value.text("regex").equals("*")) {
                StringMatches.check(value, "withoutHeaders", findings);
            }
        }
        StringMatches.checkRegex(match.at("uri"), "uri", findings);
        for (String field : List.of("scheme", "method", "authority")) {
            StringMatches.check(match.at(field), field, findings);
        }
        match.keys("queryParams")
                .forEach(name -> StringMatches.check(match.at("queryParams").at(name), "queryParams", findings));
    }

    /** Where the request must come from, and through which port. */
    void checkOrigin(ProtoJson match) {
        if (match.number("port") != 0) {
            findings.error(DomainNames.checkPort(match.number("port")));
        }
        DomainNames.checkLabels(match, "sourceLabels", findings);
        GatewayNames.check(match.texts("gateways"), findings);
        String namespace = match.text("sourceNamespace");
        if (!namespace.isEmpty() && !DomainNames.isLabel(namespace)) {
            findings.error("sourceNamespace match " + namespace + " is invalid");
        }
    }
}

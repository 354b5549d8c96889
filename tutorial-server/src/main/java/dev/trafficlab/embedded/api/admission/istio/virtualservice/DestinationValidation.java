package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for where a route sends its requests. */
public final class DestinationValidation {

    private final WebhookFindings findings;

    public DestinationValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    /** The weighted destinations of a route. */
    void checkWeighted(List<ProtoJson> routes) {
        int total = 0;
        for (ProtoJson route : routes) {
            if (!route.has("destination")) {
                findings.listedError("destination is required");
            }
            new HeaderValidation(findings).checkOperations(route.at("headers"));
            route.message("destination").ifPresent(this::check);
            if (route.number("weight") < 0) {
                findings.error("weight " + route.number("weight") + " < 0");
            }
            total += (int) route.number("weight");
        }
        if (routes.size() > 1 && total == 0) {
            findings.error("total destination weight = 0");
        }
    }

    public void check(ProtoJson destination) {
        String host = destination.text("host");
        if (host.equals("*")) {
            findings.error("invalid destination host *");
        } else {
            findings.error(DomainNames.checkWildcardDomain(host));
        }
        if (destination.isSet("subset")) {
            checkSubsetName(destination.text("subset"));
        }
        destination.message("port").ifPresent(port -> findings.error(DomainNames.checkPort(port.number("number"))));
    }

    public void checkSubsetName(String name) {
        if (name.isEmpty()) {
            findings.error("subset name cannot be empty");
        } else if (!DomainNames.isLabel(name)) {
            findings.error("subset name is invalid: " + name);
        }
    }
}

package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;

/** The rules for where a route sends its requests. */
final class Destinations {

    private final Findings findings;

    Destinations(Findings findings) {
        this.findings = findings;
    }

    /** The weighted destinations of a route. */
    void checkWeighted(List<Message> routes) {
        int total = 0;
        for (Message route : routes) {
            if (!route.has("destination")) {
                findings.listedError("destination is required");
            }
            new HeaderRules(findings).checkOperations(route.at("headers"));
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

    void check(Message destination) {
        String host = destination.text("host");
        if (host.equals("*")) {
            findings.error("invalid destination host *");
        } else {
            findings.error(Names.checkWildcardDomain(host));
        }
        if (destination.isSet("subset")) {
            checkSubsetName(destination.text("subset"));
        }
        destination.message("port").ifPresent(port -> findings.error(Names.checkPort(port.number("number"))));
    }

    void checkSubsetName(String name) {
        if (name.isEmpty()) {
            findings.error("subset name cannot be empty");
        } else if (!Names.isLabel(name)) {
            findings.error("subset name is invalid: " + name);
        }
    }
}

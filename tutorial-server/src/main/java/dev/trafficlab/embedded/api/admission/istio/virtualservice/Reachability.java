package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook.Warning;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** Warns of routes and matches that no request gets to, because an earlier one takes all of them. */
final class Reachability {

    private final WebhookFindings findings;
    private final Map<String, String> seen = new HashMap<>();
    private boolean catchAll;

    Reachability(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(List<ProtoJson> routes) {
        for (int i = 0; i < routes.size(); i++) {
            check(routes.get(i), name(routes.get(i), i));
        }
    }

    private void check(ProtoJson route, String name) {
        List<ProtoJson> matches = route.messages("match");
        if (matches.isEmpty()) {
            if (catchAll) {
                unused(name, "only the last rule can have no matches");
            }
            catchAll = true;
            return;
        }
        int duplicates = 0;
        for (int i = 0; i < matches.size(); i++) {
            if (catchAll) {
                unused(name, "route without matches defined before");
                continue;
            }
            String before = seen.putIfAbsent(withoutName(matches.get(i)).toString(), name);
            if (before != null) {
                ineffective(findings, name, name(matches.get(i), i), before);
                duplicates++;
            }
        }
        if (duplicates == matches.size()) {
            unused(name, "all matches used by prior rules");
        }
    }

    private void unused(String rule, String reason) {
        findings.warning(Warning.About.UNREACHABLE_RULE, "virtualService rule " + rule + " not used (" + reason + ")");
    }

    static void ineffective(WebhookFindings findings, String rule, String match, String duplicate) {
        findings.warning(Warning.About.INEFFECTIVE_MATCH, "virtualService rule " + rule + " match " + match
                + " is not used (duplicate/overlapping match in rule " + duplicate + ")");
    }

    /** How a route or a match is called: by its name, else by its place. */
    static String name(ProtoJson named, int index) {
        return named.isSet("name") ? DomainNames.quote(named.text("name")) : "#" + index;
    }

    /** What of a match decides: all but its name. */
    static JsonNode withoutName(ProtoJson match) {
        return match.json() instanceof ObjectNode object ? object.deepCopy().without("name") : match.json();
    }
}

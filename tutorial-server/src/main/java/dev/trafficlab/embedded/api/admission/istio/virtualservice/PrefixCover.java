package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** Warns of prefixes that an earlier, shorter prefix covers. */
final class PrefixCover {

    private static final String EXACT = "exact:";
    private static final String PREFIX = "prefix:";

    private final WebhookFindings findings;
    private int comparisons;

    PrefixCover(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(List<ProtoJson> routes) {
        List<Prefix> prefixes = prefixes(routes);
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix earlier = prefixes.get(i);
            for (Prefix later : prefixes.subList(i + 1, prefixes.size())) {
                if (++comparisons > Bounds.PREFIX_COMPARISONS) {
                    return;
                }
                if (!later.path().equals(earlier.path()) && earlier.covers(later)) {
                    Reachability.ineffective(findings, later.rule(), later.match() + " of prefix " + later.path(),
                            earlier.match() + " of prefix " + earlier.path() + " on " + earlier.rule());
                }
            }
        }
    }

    /** The prefixes before the first route that takes everything; equal matches are told of as duplicates already. */
    private static List<Prefix> prefixes(List<ProtoJson> routes) {
        var prefixes = new ArrayList<Prefix>();
        var seen = new HashSet<String>();
        for (int i = 0; i < routes.size(); i++) {
            List<ProtoJson> matches = routes.get(i).messages("match");
            if (matches.isEmpty()) {
                return prefixes;
            }
            for (int j = 0; j < matches.size(); j++) {
                ProtoJson match = matches.get(j);
                if (seen.add(Reachability.withoutName(match).toString()) && match.at("uri").isSet("prefix")) {
                    prefixes.add(Prefix.of(match, Reachability.name(routes.get(i), i), Reachability.name(match, j)));
                }
            }
        }
        return prefixes;
    }

    /** One prefix and the conditions beside it. */
    private record Prefix(String rule, String match, String path, long port, Map<String, String> conditions) {

        static Prefix of(ProtoJson match, String rule, String name) {
            Map<String, String> conditions = new TreeMap<>();
            String method = condition(match.at("method"));
            // Istio takes GET where no method is asked for.
            conditions.put("method", method.isEmpty() ? EXACT + "GET" : method);
            conditions.put("authority", condition(match.at("authority")));
            for (String field : List.of("headers", "queryParams", "withoutHeaders")) {
                match.keys(field).forEach(key -> conditions.put(field + "/" + key, condition(match.at(field).at(key))));
            }
            return new Prefix(rule, name, match.at("uri").text("prefix"), match.number("port"), conditions);
        }

        private static String condition(ProtoJson match) {
            if (match.isSet("exact")) {
                return EXACT + match.text("exact");
            }
            return match.isSet("prefix") ? PREFIX + match.text("prefix") : "";
        }

        boolean covers(Prefix later) {
            return later.path.startsWith(path) && port == later.port
                    && conditions.keySet().equals(later.conditions.keySet()) && conditions.entrySet()
                            .stream()
                            .allMatch(own -> own.getValue()
                                    .startsWith(later.conditions.getOrDefault(own.getKey(),
                                            "")));
        }
    }
}

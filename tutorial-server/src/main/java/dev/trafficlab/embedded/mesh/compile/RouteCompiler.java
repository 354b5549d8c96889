package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.PatternSyntaxException;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.ObjectMeta;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView.Rule;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteMatch;
import dev.trafficlab.embedded.mesh.route.TextMatch;

/** From a VirtualService to the routes that one kind of proxy tries, in order. Istio: core/route/route.go. */
final class RouteCompiler {

    private static final JsonNode ALWAYS = JsonNodeFactory.instance.objectNode();
    private static final int STEPS_A_ROUTE = 20;
    private static final String CLAIMS = "@request.auth.claims";

    /**
     * Whose routes these are.
     *
     * @param namespace the proxy's namespace
     * @param labels the proxy's labels where all proxies of this table share them (a gateway's); empty otherwise
     * @param gateway the Gateway by which requests enter, {@code mesh} for sidecars
     */
    record Audience(String namespace, Map<String, String> labels, String gateway) {

        boolean isMesh() {
            return gateway.equals("mesh");
        }
    }

    /** What a rule does. */
    private record Effect(Optional<RouteAction> action, HeaderOps request, HeaderOps response) {}

    private final Map<Rule, Effect> effects = new IdentityHashMap<>();
    private final Audience audience;
    private final int port;
    private final ActionCompiler actions;
    private final MatchCompiler matches;
    private final UnsupportedReport findings;

    RouteCompiler(Audience audience, int port, ActionCompiler actions, UnsupportedReport findings) {
        this.audience = audience;
        this.port = port;
        this.actions = actions;
        this.matches = new MatchCompiler(actions.budget());
        this.findings = findings;
    }

    /** The routes, up to the first that catches everything; none when no rule is for this audience. */
    List<Route> compile(VirtualServiceView virtualService) {
        List<Route> routes = new ArrayList<>();
        for (Rule rule : virtualService.rules()) {
            if (rule.matches().isEmpty()) {
                compile(virtualService, rule, ALWAYS, -1).ifPresent(routes::add);
                break;
            }
            if (compileMatches(virtualService, rule, routes)) {
                break;
            }
        }
        return routes;
    }

    /** Adds a route for each match; true when one of them catches everything. */
    private boolean compileMatches(VirtualServiceView root, Rule rule, List<Route> routes) {
        for (int i = 0; i < rule.matches().size(); i++) {
            JsonNode match = rule.matches().get(i);
            Optional<Route> route = isForAudience(match, root.meta().namespace())
                    ? compile(root, rule, match, i)
                    : Optional.empty();
            route.ifPresent(routes::add);
            if (route.isPresent() && endsAll(route.get().match())) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsAll(RouteMatch match) {
        return match.isCatchAll() && match.sourceLabels().isEmpty();
    }

    private boolean isForAudience(JsonNode match, String namespace) {
        int wanted = match.path("port").asInt();
        if (wanted != 0 && wanted != port) {
            return false;
        }
        List<String> gateways = Json.texts(match, "gateways");
        if (!gateways.isEmpty()) {
            return gateways.stream().anyMatch(name -> HostNames.gateway(name, namespace).equals(audience.gateway()));
        }
        String source = Json.text(match, "sourceNamespace");
        boolean labels = audience.isMesh() || Json.selects(Json.textMap(match.path("sourceLabels")), audience.labels());
        return labels && (source.isEmpty() || source.equals(audience.namespace()));
    }

    private Optional<Route> compile(VirtualServiceView root, Rule rule, JsonNode match, int index) {
        ObjectMeta meta = rule.meta();
        String where = "spec.http[" + rule.index() + "]";
        if (usesClaims(match)) {
            findings.notSupported(meta, where + ".match on " + CLAIMS
                    + " is not supported: no tokens are checked in this lab, so it never matches and is left out.");
            return Optional.empty();
        }
        long destinations = index > 0 ? 0 : rule.spec().path("route").size() + rule.spec().path("mirrors").size();
        if (!actions.budget().take(meta, STEPS_A_ROUTE * (1 + destinations))) {
            return Optional.empty();
        }
        try {
            boolean labelsOpen = audience.isMesh() && !Json.has(match, "gateways");
            RouteMatch compiled = matches.compile(match,
                    labelsOpen ? Json.textMap(match.path("sourceLabels")) : Map.of());
            Effect effect = effect(rule);
            return effect.action()
                    .map(found -> new Route(new Route.Origin(meta.namespace(), meta.name(), rule.index(),
                            index, Json.text(rule.spec(), "name")), compiled, found, effect.request(),
                            effect.response(), operation(root, rule, compiled, found)));
        } catch (PatternSyntaxException e) {
            findings.notSupported(meta, where + " has a regular expression that RE2 does not take here ("
                    + e.getMessage() + "): the rule is left out.");
            return Optional.empty();
        }
    }

    /** A rule does the same whichever of its matches holds, so it is compiled once. */
    private Effect effect(Rule rule) {
        Effect known = effects.get(rule);
        if (known == null) {
            known = new Effect(actions.compile(rule, port), actions.requestOps(rule), actions.responseOps(rule));
            effects.put(rule, known);
        }
        return known;
    }

    /** Istio: core/route/route.go, GetRouteOperation. */
    private String operation(VirtualServiceView root, Rule rule, RouteMatch match, RouteAction action) {
        String path = switch (match.path()) {
            case TextMatch.Exact exact -> exact.value();
            case TextMatch.Prefix prefix -> prefix.value() + "*";
            case TextMatch.Regex regex -> regex.pattern().pattern();
            case TextMatch.Present _ -> "/*";
        };
        if (action instanceof RouteAction.Forward forward && rule.spec().path("route").size() == 1) {
            UpstreamCluster.Name cluster = forward.destinations().list().getFirst().cluster().name();
            return cluster.host() + ":" + cluster.port() + path;
        }
        return root.meta().name() + ":" + port + path;
    }

    private static boolean usesClaims(JsonNode match) {
        return List.of("headers", "withoutHeaders")
                .stream()
                .anyMatch(field -> match.path(field)
                        .properties()
                        .stream()
                        .anyMatch(header -> header.getKey().startsWith(CLAIMS)));
    }
}

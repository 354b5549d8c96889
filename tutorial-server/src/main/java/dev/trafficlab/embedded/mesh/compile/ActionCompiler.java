package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView.Rule;
import dev.trafficlab.embedded.mesh.route.HashPolicy;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteAction.DirectResponse;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteAction.Mirror;
import dev.trafficlab.embedded.mesh.route.RouteAction.Redirect;
import dev.trafficlab.embedded.mesh.route.RouteAction.Rewrite;
import dev.trafficlab.embedded.mesh.route.WeightedClusters;
import dev.trafficlab.embedded.mesh.route.WeightedClusters.Destination;

/** From a rule of a VirtualService to what its routes do. */
final class ActionCompiler {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int ALL = 1_000_000;

    private final ClusterCatalog clusters;
    private final FilterCompiler filters;
    private final UnsupportedReport findings;

    ActionCompiler(ClusterCatalog clusters, FilterCompiler filters, UnsupportedReport findings) {
        this.clusters = clusters;
        this.filters = filters;
        this.findings = findings;
    }

    CompileBudget budget() {
        return clusters.budget();
    }

    /** The action, for a listener on the port; empty when the route has none. */
    Optional<RouteAction> compile(Rule rule, int port) {
        JsonNode spec = rule.spec();
        if (Json.has(spec, "redirect")) {
            return redirect(rule, spec.path("redirect"), port);
        }
        if (Json.has(spec, "directResponse")) {
            JsonNode direct = spec.path("directResponse");
            JsonNode body = direct.path("body");
            return Optional.of(new DirectResponse(direct.path("status").asInt(),
                    Json.has(body, "bytes") ? decoded(Json.text(body, "bytes")) : Json.text(body, "string")));
        }
        Optional<WeightedClusters> destinations = destinations(rule, port);
        return destinations.map(found -> forward(rule, found, port));
    }

    private static String decoded(String base64) {
        return new String(java.util.Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }

    private Optional<RouteAction> redirect(Rule rule, JsonNode redirect, int listenerPort) {
        int status = Json.has(redirect, "redirectCode") ? redirect.path("redirectCode").asInt() : 301;
        if (!REDIRECTS.contains(status)) {
            findings.refusedPush(rule.meta(), "spec.http[" + rule.index() + "].redirect.redirectCode " + status
                    + " is none that Envoy knows: 301, 302, 303, 307 and 308.");
            return Optional.empty();
        }
        int port = Json.text(redirect, "derivePort").equals("FROM_REQUEST_PORT")
                ? listenerPort
                : redirect.path("port").asInt();
        String scheme = Json.text(redirect, "scheme");
        boolean usual = port == 80 && !scheme.equals("https") || port == 443 && scheme.equals("https");
        return Optional.of(new Redirect(status, scheme, Json.text(redirect, "authority"), usual ? 0 : port,
                Json.text(redirect, "uri")));
    }

    private Optional<WeightedClusters> destinations(Rule rule, int port) {
        JsonNode routes = rule.spec().path("route");
        boolean only = routes.size() == 1;
        List<Destination> list = new ArrayList<>();
        int total = 0;
        for (JsonNode route : routes) {
            int weight = only ? 1 : route.path("weight").asInt();
            if (weight > 0) {
                list.add(destination(rule, route, port, total, weight, only));
                total += weight;
            }
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(new WeightedClusters(list, total));
    }

    private Destination destination(Rule rule, JsonNode route, int port, int from, int weight, boolean only) {
        UpstreamCluster cluster = clusters.of(route.path("destination"), rule.meta().namespace(), port);
        JsonNode headers = route.path("headers");
        boolean apart = !only;
        return new Destination(cluster, weight, from, from + weight,
                apart ? HeaderOpsCompiler.authority(headers.path("request")) : "",
                apart ? ops(rule, headers.path("request")) : HeaderOps.NONE,
                apart ? ops(rule, headers.path("response")) : HeaderOps.NONE);
    }

    private Forward forward(Rule rule, WeightedClusters destinations, int port) {
        JsonNode spec = rule.spec();
        List<HashPolicy> hashes = new ArrayList<>();
        spec.path("route").forEach(route -> {
            if (spec.path("route").size() == 1 || route.path("weight").asInt() > 0) {
                clusters.hashPolicy(route.path("destination"), rule.meta().namespace()).ifPresent(hashes::add);
            }
        });
        boolean pinned = !destinations.weighted() && !hashes.isEmpty();
        return new Forward(destinations, rewrite(spec.path("rewrite")), authority(spec), hashes,
                Json.millis(spec, "timeout"), filters.retry(rule, !pinned), mirrors(rule, port), filters.fault(rule),
                filters.cors(spec.path("corsPolicy")));
    }

    private Rewrite rewrite(JsonNode rewrite) {
        if (Json.has(rewrite, "uriRegexRewrite")) {
            JsonNode regex = rewrite.path("uriRegexRewrite");
            return new Rewrite.Regex(MatchCompiler.pattern(Json.text(regex, "match"), budget()),
                    Json.text(regex, "rewrite"));
        }
        String uri = Json.text(rewrite, "uri");
        return uri.isEmpty() ? new Rewrite.Keep() : new Rewrite.Matched(uri);
    }

    /** The Host for the destination: the rewrite's, else what the rule's headers set, else what its only destination's headers set. */
    private static String authority(JsonNode spec) {
        String rewritten = Json.text(spec.path("rewrite"), "authority");
        String set = HeaderOpsCompiler.authority(spec.path("headers").path("request"));
        if (!rewritten.isEmpty() || !set.isEmpty()) {
            return rewritten.isEmpty() ? set : rewritten;
        }
        JsonNode routes = spec.path("route");
        return routes.size() == 1 ? HeaderOpsCompiler.authority(routes.get(0).path("headers").path("request")) : "";
    }

    private List<Mirror> mirrors(Rule rule, int port) {
        JsonNode spec = rule.spec();
        List<Mirror> mirrors = new ArrayList<>();
        if (Json.has(spec, "mirror")) {
            int share = Json.has(spec, "mirrorPercentage")
                    ? Json.millionths(spec.path("mirrorPercentage"))
                    : percent(spec, Json.has(spec, "mirrorPercent") ? "mirrorPercent" : "mirror_percent");
            mirrors.add(mirror(rule, spec.path("mirror"), share, port));
        }
        for (JsonNode mirror : spec.path("mirrors")) {
            int share = Json.has(mirror, "percentage") ? Json.millionths(mirror.path("percentage")) : ALL;
            mirrors.add(mirror(rule, mirror.path("destination"), share, port));
        }
        mirrors.removeIf(mirror -> mirror.millionths() == 0);
        return mirrors;
    }

    private static int percent(JsonNode spec, String field) {
        return Json.has(spec, field) ? spec.path(field).asInt() * (ALL / 100) : ALL;
    }

    private Mirror mirror(Rule rule, JsonNode destination, int share, int port) {
        return new Mirror(clusters.of(destination, rule.meta().namespace(), port), share);
    }

    /** What happens to every request of the rule; with a single destination, its operations come last in the same list. */
    HeaderOps requestOps(Rule rule) {
        return ops(rule, "request");
    }

    /** What happens to every answer. */
    HeaderOps responseOps(Rule rule) {
        return ops(rule, "response");
    }

    private HeaderOps ops(Rule rule, String direction) {
        JsonNode spec = rule.spec();
        HeaderOps all = ops(rule, spec.path("headers").path(direction));
        boolean only = spec.path("route").size() == 1;
        return only ? all.and(ops(rule, spec.path("route").get(0).path("headers").path(direction))) : all;
    }

    private HeaderOps ops(Rule rule, JsonNode operations) {
        return HeaderOpsCompiler.compile(operations, message -> findings.refused(rule.meta(), message));
    }
}

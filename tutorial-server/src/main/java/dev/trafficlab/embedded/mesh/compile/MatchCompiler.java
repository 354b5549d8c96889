package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;

import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.route.RouteMatch;
import dev.trafficlab.embedded.mesh.route.RouteMatch.HeaderMatch;
import dev.trafficlab.embedded.mesh.route.RouteMatch.QueryMatch;
import dev.trafficlab.embedded.mesh.route.TextMatch;

/** From HTTPMatchRequest to conditions. */
final class MatchCompiler {

    private static final List<String> PSEUDO_HEADERS = List.of("method", "authority", "scheme");

    private MatchCompiler() {}

    /** The conditions of one match; labels of the caller are kept where they are not known yet. */
    static RouteMatch compile(JsonNode match, Map<String, String> sourceLabels) {
        List<HeaderMatch> headers = new ArrayList<>();
        match.path("headers")
                .properties()
                .forEach(header -> headers.add(new HeaderMatch(header.getKey(), text(header.getValue(), false),
                        false)));
        match.path("withoutHeaders")
                .properties()
                .forEach(header -> headers.add(new HeaderMatch(header.getKey(), text(header.getValue(), false), true)));
        headers.sort((a, b) -> a.name().compareTo(b.name()));
        for (String name : PSEUDO_HEADERS) {
            if (Json.has(match, name)) {
                headers.add(new HeaderMatch(":" + name, text(match.path(name), false), false));
            }
        }
        List<QueryMatch> query = new ArrayList<>();
        match.path("queryParams")
                .properties()
                .forEach(parameter -> query.add(new QueryMatch(parameter.getKey(), text(parameter.getValue(), false))));
        return new RouteMatch(path(match), headers, query, sourceLabels);
    }

    private static TextMatch path(JsonNode match) {
        TextMatch path = text(match.path("uri"), match.path("ignoreUriCase").asBoolean());
        return path instanceof TextMatch.Present ? RouteMatch.ANYTHING.path() : path;
    }

    /** A StringMatch; an empty one, or the regular expression {@code *}, asks for presence alone. */
    static TextMatch text(JsonNode match, boolean ignoreCase) {
        if (Json.has(match, "exact")) {
            return new TextMatch.Exact(Json.text(match, "exact"), ignoreCase);
        }
        if (Json.has(match, "prefix")) {
            return new TextMatch.Prefix(Json.text(match, "prefix"), ignoreCase);
        }
        String regex = Json.text(match, "regex");
        return regex.isEmpty() || regex.equals("*")
                ? new TextMatch.Present()
                : new TextMatch.Regex(Pattern.compile(regex));
    }
}

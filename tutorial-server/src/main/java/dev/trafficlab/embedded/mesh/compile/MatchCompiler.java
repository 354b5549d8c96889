package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.route.RouteMatch;
import dev.trafficlab.embedded.mesh.route.RouteMatch.HeaderMatch;
import dev.trafficlab.embedded.mesh.route.RouteMatch.QueryMatch;
import dev.trafficlab.embedded.mesh.route.TextMatch;
import dev.trafficlab.embedded.regex.BoundedRegex;

/** From HTTPMatchRequest to conditions. */
final class MatchCompiler {

    private static final List<String> PSEUDO_HEADERS = List.of("method", "authority", "scheme");

    private final CompileBudget budget;

    MatchCompiler(CompileBudget budget) {
        this.budget = budget;
    }

    /** The conditions of one match; labels of the caller are kept where they are not known yet. */
    RouteMatch compile(JsonNode match, Map<String, String> sourceLabels) {
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

    private TextMatch path(JsonNode match) {
        TextMatch path = text(match.path("uri"), match.path("ignoreUriCase").asBoolean());
        return path instanceof TextMatch.Present ? RouteMatch.ANYTHING.path() : path;
    }

    /** A StringMatch; an empty one, or the regular expression {@code *}, asks for presence alone. */
    TextMatch text(JsonNode match, boolean ignoreCase) {
        if (Json.has(match, "exact")) {
            return new TextMatch.Exact(Json.text(match, "exact"), ignoreCase);
        }
        if (Json.has(match, "prefix")) {
            return new TextMatch.Prefix(Json.text(match, "prefix"), ignoreCase);
        }
        String regex = Json.text(match, "regex");
        return regex.isEmpty() || regex.equals("*")
                ? new TextMatch.Present()
                : new TextMatch.Regex(pattern(regex, budget));
    }

    /**
     * The expression, compiled.
     *
     * @throws PatternSyntaxException where RE2 does not know it, or it is larger than the lab can have it
     */
    static Pattern pattern(String expression, CompileBudget budget) {
        Pattern pattern = BoundedRegex.compile(expression);
        if (!budget.takeRegex(pattern)) {
            throw new PatternSyntaxException("the lab's expressions together are too large", expression);
        }
        return pattern;
    }
}

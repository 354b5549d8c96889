package dev.trafficlab.embedded.mesh.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a request must fulfil for a route.
 *
 * @param path condition on the path without query
 * @param headers conditions on headers and on {@code :method}, {@code :authority}, {@code :scheme}
 * @param query conditions on query parameters
 * @param sourceLabels labels that the calling pod must have; empty for routes of a gateway, where this is known at compile time
 */
public record RouteMatch(TextMatch path, List<HeaderMatch> headers, List<QueryMatch> query,
        Map<String, String> sourceLabels) {

    /** Matches every request. */
    public static final RouteMatch ANYTHING = new RouteMatch(new TextMatch.Prefix("/", false), List.of(), List.of(),
            Map.of());

    public RouteMatch {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        sourceLabels = Map.copyOf(sourceLabels);
    }

    /**
     * A condition on a header; of several lines one is enough (since Envoy 1.39, http/header_utility.cc), be it to match or to be
     * excluded.
     *
     * @param name its name; {@code :method}, {@code :authority} and {@code :scheme} are names too
     * @param value the condition on its value
     * @param negated whether it must not hold ({@code withoutHeaders})
     */
    public record HeaderMatch(String name, TextMatch value, boolean negated) {

        boolean matches(RequestHead head) {
            if (value instanceof TextMatch.Present) {
                return head.header(name) != null != negated;
            }
            if (head.lines(name) > 1 && !RequestHead.isJoined(name)) {
                return head.anyLine(name, value) != negated;
            }
            String actual = head.header(name);
            if (actual == null) {
                return negated && !value.matches("");
            }
            return value.matches(actual) != negated;
        }

        Optional<String> mismatch(RequestHead head) {
            if (matches(head)) {
                return Optional.empty();
            }
            String actual = head.header(name);
            String what = switch (name) {
                case ":method" -> "the method";
                case ":authority" -> "the authority";
                case ":scheme" -> "the scheme";
                default -> "the header " + name;
            };
            String is = actual == null ? what + " is missing" : what + " is " + actual;
            return Optional.of(is + ", wanted is " + (negated ? "anything but " : "") + value.wanted());
        }
    }

    /** A condition on the first value of a query parameter, which is not URL-decoded. */
    public record QueryMatch(String name, TextMatch value) {

        boolean matches(RequestHead head) {
            int start = head.parameterStart(name);
            return start >= 0 && value.matches(head.target(), start, head.parameterEnd(start));
        }

        Optional<String> mismatch(RequestHead head) {
            if (matches(head)) {
                return Optional.empty();
            }
            int start = head.parameterStart(name);
            String is = start < 0
                    ? " is missing"
                    : " is " + head.target().substring(start, head.parameterEnd(start));
            return Optional.of("the query parameter " + name + is + ", wanted is " + value.wanted());
        }
    }

    /** Whether it has no condition at all, so that nothing behind it is ever reached. */
    public boolean isCatchAll() {
        boolean anyPath = switch (path) {
            case TextMatch.Prefix prefix -> prefix.value().equals("/");
            case TextMatch.Regex regex -> regex.pattern().pattern().equals(".*");
            case TextMatch.Exact _,TextMatch.Present _ -> false;
        };
        return anyPath && headers.isEmpty() && query.isEmpty();
    }

    /** Whether the request, from a pod with the labels, fulfils it. */
    boolean matches(RequestHead head, Map<String, String> caller) {
        if (!path.matches(head.target(), 0, head.pathEnd())) {
            return false;
        }
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).matches(head)) {
                return false;
            }
        }
        for (int i = 0; i < query.size(); i++) {
            if (!query.get(i).matches(head)) {
                return false;
            }
        }
        return sourceLabels.isEmpty() || caller.entrySet().containsAll(sourceLabels.entrySet());
    }

    /** The first condition that the request does not fulfil, in words; empty when it fulfils all. */
    public Optional<String> mismatch(RequestHead head, Map<String, String> caller) {
        if (!path.matches(head.target(), 0, head.pathEnd())) {
            return Optional.of("the path is " + head.path() + ", wanted is " + path.wanted());
        }
        return headers.stream()
                .flatMap(header -> header.mismatch(head).stream())
                .findFirst()
                .or(() -> query.stream().flatMap(parameter -> parameter.mismatch(head).stream()).findFirst())
                .or(() -> caller.entrySet().containsAll(sourceLabels.entrySet())
                        ? Optional.empty()
                        : Optional.of("the calling pod does not have the labels " + sourceLabels));
    }
}

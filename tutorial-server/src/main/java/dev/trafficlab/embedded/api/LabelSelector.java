package dev.trafficlab.embedded.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code app=shop,version in (red,green),!canary}, as a query writes it. */
record LabelSelector(List<Requirement> requirements) {

    private static final Pattern REQUIREMENT = Pattern.compile("\\s*(?:"
            + "(?<absent>!)\\s*(?<no>[\\w./-]+)"
            + "|(?<member>[\\w./-]+)\\s+(?<set>in|notin)\\s*\\((?<values>[^)]*)\\)"
            + "|(?<key>[\\w./-]+)\\s*(?<operator>==|=|!=)\\s*(?<value>[\\w.-]*)"
            + "|(?<present>[\\w./-]+)"
            + ")\\s*(?:,|$)");

    static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        Matcher matcher = REQUIREMENT.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw ApiException.badRequest("unable to parse requirement: found '" + text.substring(at)
                        + "', expected: identifier");
            }
            requirements.add(requirement(matcher));
            at = matcher.end();
        }
        return new LabelSelector(requirements);
    }

    /** The selector of an object's {@code spec.selector} or {@code matchLabels}. */
    static LabelSelector ofLabels(JsonNode labels) {
        return new LabelSelector(labels.properties()
                .stream()
                .<Requirement>map(label -> new In(label.getKey(), Set.of(label.getValue().asText()), true))
                .toList());
    }

    /** Labels as a query writes them. */
    static String print(JsonNode labels) {
        return labels.properties()
                .stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(java.util.stream.Collectors.joining(","));
    }

    private static Requirement requirement(Matcher matcher) {
        if (matcher.group("absent") != null) {
            return new Exists(matcher.group("no"), false);
        }
        if (matcher.group("member") != null) {
            Set<String> values = Set.copyOf(List.of(matcher.group("values").trim().split("\\s*,\\s*")));
            return new In(matcher.group("member"), values, matcher.group("set").equals("in"));
        }
        if (matcher.group("key") != null) {
            return new In(matcher.group("key"), Set.of(matcher.group("value")), !matcher.group("operator")
                    .equals("!="));
        }
        return new Exists(matcher.group("present"), true);
    }

    boolean matches(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /** One condition; all of them must hold. */
    sealed interface Requirement {
        boolean holds(JsonNode labels);
    }

    record In(String key, Set<String> values, boolean wanted) implements Requirement {
        @Override
        public boolean holds(JsonNode labels) {
            return (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
        }
    }

    record Exists(String key, boolean wanted) implements Requirement {
        @Override
        public boolean holds(JsonNode labels) {
            return labels.has(key) == wanted;
        }
    }
}

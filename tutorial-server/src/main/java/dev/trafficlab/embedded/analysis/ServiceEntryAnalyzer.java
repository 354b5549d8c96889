package dev.trafficlab.embedded.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether the ports of ServiceEntries can be told apart. Istio: analysis/analyzers/serviceentry. */
final class ServiceEntryAnalyzer {

    private final Reporter reporter;

    ServiceEntryAnalyzer(Reporter reporter) {
        this.reporter = reporter;
    }

    void analyze(ObjectSet objects) {
        List<Subject> all = objects.of("ServiceEntry").toList();
        all.forEach(entry -> {
            boolean addressed = Json.has(entry.spec(), "addresses") || !entry.json()
                    .path("status")
                    .path("addresses")
                    .isEmpty();
            if (!addressed && ports(entry).anyMatch(port -> Set.of("", "TCP").contains(protocol(port)))) {
                reporter.report(FindingKind.ADDRESSES_NEEDED, entry);
            }
            conflicts(entry, all);
        });
    }

    private void conflicts(Subject entry, List<Subject> all) {
        String others = all.stream()
                .filter(other -> !other.title().equals(entry.title()) && seenTogether(entry, other))
                .filter(other -> Subject.texts(entry.spec(), "hosts")
                        .stream()
                        .anyMatch(Subject.texts(other.spec(),
                                "hosts")::contains))
                .filter(other -> ports(entry).anyMatch(port -> ports(other).anyMatch(theirs -> conflict(port, theirs))))
                .map(other -> other.meta().name())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            reporter.report(FindingKind.PROTOCOLS_CONFLICT, entry, others);
        }
    }

    private static Stream<JsonNode> ports(Subject entry) {
        return Subject.stream(entry.spec().path("ports"));
    }

    private static String protocol(JsonNode port) {
        return Json.text(port, "protocol").toUpperCase(Locale.ROOT);
    }

    private static boolean conflict(JsonNode one, JsonNode other) {
        return one.path("number").asInt() == other.path("number").asInt() && !protocol(one).equals(protocol(other));
    }

    private static boolean seenTogether(Subject one, Subject other) {
        Set<String> own = scopes(one);
        Set<String> theirs = scopes(other);
        return own.contains("*") || theirs.contains("*") || own.stream().anyMatch(theirs::contains);
    }

    private static Set<String> scopes(Subject entry) {
        List<String> exportTo = Subject.texts(entry.spec(), "exportTo");
        return exportTo.isEmpty() ? Set.of("*")
                : exportTo.stream()
                        .map(scope -> scope.equals(".") ? entry.namespace() : scope)
                        .collect(Collectors.toSet());
    }
}

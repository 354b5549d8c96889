package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.model.VirtualServiceView.Rule;

/** Puts the rules of delegate VirtualServices where others delegate to them, as far as their conditions agree. Istio: model/virtualservice.go. */
public final class Delegates {

    private static final List<String> INHERITED = List.of("rewrite", "timeout", "retries", "fault", "mirror", "mirrors",
            "mirrorPercent", "mirror_percent", "mirrorPercentage", "corsPolicy", "headers");
    private static final List<String> TEXTS = List.of("uri", "scheme", "method", "authority");
    private static final List<String> MAPS = List.of("headers", "withoutHeaders", "queryParams");

    private static final int STEPS_A_MATCH = 20;

    private final Map<String, VirtualServiceView> delegates;
    private final CompileBudget budget;

    private Delegates(Map<String, VirtualServiceView> delegates, CompileBudget budget) {
        this.delegates = delegates;
        this.budget = budget;
    }

    /** The VirtualServices that have hosts, oldest first, with their delegates' rules in place. */
    public static List<VirtualServiceView> merge(List<VirtualServiceView> all, CompileBudget budget) {
        Delegates delegates = new Delegates(all.stream()
                .filter(VirtualServiceView::isDelegate)
                .collect(Collectors.toMap(info -> info.meta().key(), info -> info, (first, _) -> first)), budget);
        return all.stream()
                .filter(info -> !info.isDelegate())
                .map(delegates::resolve)
                .sorted((a, b) -> ObjectMeta.BY_AGE.compare(a.meta(), b.meta()))
                .toList();
    }

    private VirtualServiceView resolve(VirtualServiceView root) {
        if (root.rules().stream().noneMatch(rule -> Json.has(rule.spec(), "delegate"))) {
            return root;
        }
        return root.withRules(root.rules()
                .stream()
                .flatMap(rule -> Json.has(rule.spec(), "delegate") ? delegated(root, rule) : Stream.of(rule))
                .toList());
    }

    private Stream<Rule> delegated(VirtualServiceView root, Rule rule) {
        JsonNode delegate = rule.spec().path("delegate");
        String namespace = Json.text(delegate, "namespace");
        String key = (namespace.isEmpty() ? root.meta().namespace() : namespace) + "/" + Json.text(delegate, "name");
        VirtualServiceView child = delegates.get(key);
        if (child == null || !child.isVisibleTo(root.meta().namespace())) {
            return Stream.empty();
        }
        return child.rules()
                .stream()
                .filter(leaf -> !Json.has(leaf.spec(), "delegate"))
                .filter(leaf -> budget.take(leaf.meta(), STEPS_A_MATCH
                        * (1L + Math.max(1, rule.matches().size()) * (long) Math.max(1, leaf.matches().size()))))
                .flatMap(leaf -> merge(rule, leaf).stream());
    }

    private static Optional<Rule> merge(Rule root, Rule leaf) {
        Optional<List<JsonNode>> matches = mergeMatches(root.matches(), leaf.matches());
        return matches.map(merged -> {
            ObjectNode spec = ((ObjectNode) leaf.spec()).objectNode();
            spec.setAll((ObjectNode) leaf.spec());
            for (String field : INHERITED) {
                if (!Json.has(spec, field) && Json.has(root.spec(), field)) {
                    spec.set(field, root.spec().get(field));
                }
            }
            return new Rule(leaf.meta(), leaf.index(), spec, merged);
        });
    }

    /** Every condition of the leaf must lie within one of the root's; empty when one does not. */
    private static Optional<List<JsonNode>> mergeMatches(List<JsonNode> root, List<JsonNode> leaf) {
        if (root.isEmpty() || leaf.isEmpty()) {
            return Optional.of(root.isEmpty() ? leaf : root);
        }
        List<JsonNode> merged = new ArrayList<>();
        for (JsonNode one : leaf) {
            List<JsonNode> agreed = root.stream()
                    .filter(other -> !conflict(other, one))
                    .map(other -> mergeMatch(other, one))
                    .toList();
            if (agreed.isEmpty()) {
                return Optional.empty();
            }
            merged.addAll(agreed);
        }
        return Optional.of(merged);
    }

    private static JsonNode mergeMatch(JsonNode root, JsonNode leaf) {
        ObjectNode merged = ((ObjectNode) leaf).objectNode();
        merged.setAll((ObjectNode) root);
        merged.setAll((ObjectNode) leaf);
        for (String field : MAPS) {
            if (Json.has(root, field) && Json.has(leaf, field)) {
                ObjectNode both = merged.objectNode();
                both.setAll((ObjectNode) root.get(field));
                both.setAll((ObjectNode) leaf.get(field));
                merged.set(field, both);
            }
        }
        return merged;
    }

    private static boolean conflict(JsonNode root, JsonNode leaf) {
        boolean texts = TEXTS.stream().anyMatch(field -> textConflict(root.path(field), leaf.path(field)));
        boolean maps = MAPS.stream().anyMatch(field -> leaf.path(field).properties().stream().anyMatch(entry -> {
            String against = field.equals("withoutHeaders") ? "headers" : field;
            return textConflict(root.path(against).path(entry.getKey()), entry.getValue());
        }));
        int rootPort = root.path("port").asInt();
        int leafPort = leaf.path("port").asInt();
        return texts || maps || root.path("ignoreUriCase").asBoolean() != leaf.path("ignoreUriCase").asBoolean()
                || rootPort > 0 && leafPort > 0 && rootPort != leafPort;
    }

    private static boolean textConflict(JsonNode root, JsonNode leaf) {
        if (root.isMissingNode() || leaf.isMissingNode()) {
            return false;
        }
        if (Json.has(root, "regex") || Json.has(leaf, "regex")) {
            return true;
        }
        if (Json.has(root, "exact")) {
            return !Json.text(root, "exact").equals(Json.text(leaf, "exact"));
        }
        String narrow = Json.has(leaf, "prefix") ? Json.text(leaf, "prefix") : Json.text(leaf, "exact");
        return !Json.has(root, "prefix") || !narrow.startsWith(Json.text(root, "prefix"));
    }
}

package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Finds the DestinationRule of a Service, those of one host and namespace merged. Istio: model/push_context.go and destination_rule.go. */
public final class DestinationRules {

    private static final String ROOT = "istio-system";

    /**
     * What DestinationRules of one namespace say about one host.
     *
     * @param meta the oldest of them
     * @param subsets by name
     */
    public record Merged(ObjectMeta meta, String host, List<String> exportTo, JsonNode trafficPolicy,
            Map<String, JsonNode> subsets) {

        static Merged of(ObjectMeta meta, JsonNode spec) {
            Map<String, JsonNode> subsets = new LinkedHashMap<>();
            spec.path("subsets").forEach(subset -> subsets.putIfAbsent(Json.text(subset, "name"), subset));
            return new Merged(meta, HostNames.complete(Json.text(spec, "host"), meta.namespace()),
                    Json.texts(spec, "exportTo"), spec.path("trafficPolicy"), subsets);
        }

        Merged and(Merged younger) {
            Map<String, JsonNode> all = new LinkedHashMap<>(subsets);
            younger.subsets.forEach(all::putIfAbsent);
            return new Merged(meta, host, exportTo,
                    trafficPolicy instanceof MissingNode ? younger.trafficPolicy : trafficPolicy, all);
        }
    }

    private final Map<String, Map<String, Merged>> byNamespace = new HashMap<>();

    public DestinationRules(List<JsonNode> objects, UnsupportedReport findings) {
        List<JsonNode> sorted = new ArrayList<>(objects);
        sorted.sort((a, b) -> ObjectMeta.BY_AGE.compare(ObjectMeta.of(a), ObjectMeta.of(b)));
        for (JsonNode object : sorted) {
            ObjectMeta meta = ObjectMeta.of(object);
            JsonNode spec = object.path("spec");
            if (Json.has(spec, "workloadSelector")) {
                findings.notSupported(meta,
                        "spec.workloadSelector is not supported: this DestinationRule has no effect here.");
                continue;
            }
            Merged merged = Merged.of(meta, spec);
            byNamespace.computeIfAbsent(meta.namespace(), _ -> new LinkedHashMap<>())
                    .merge(merged.host(), merged,
                            Merged::and);
        }
    }

    /** The rule for the host as proxies of one namespace see it, the Service living in another. Only one namespace is heard. */
    public Optional<Merged> find(String host, String proxyNamespace, String serviceNamespace) {
        Stream<Optional<Merged>> places = Stream.of(proxyNamespace.equals(ROOT)
                ? in(ROOT, host).filter(rule -> Visibility.isPrivate(rule.exportTo()))
                : in(proxyNamespace, host),
                in(serviceNamespace, host).filter(rule -> isVisible(rule, proxyNamespace)),
                in(ROOT, host).filter(rule -> isVisible(rule, proxyNamespace)));
        return places.flatMap(Optional::stream).findFirst();
    }

    private static boolean isVisible(Merged rule, String namespace) {
        return Visibility.isVisible(rule.exportTo(), rule.meta().namespace(), namespace);
    }

    private Optional<Merged> in(String namespace, String host) {
        Map<String, Merged> rules = byNamespace.getOrDefault(namespace, Map.of());
        return Optional.ofNullable(rules.get(host))
                .or(() -> rules.values()
                        .stream()
                        .filter(rule -> rule.host().startsWith("*") && HostNames.isWithin(host, rule.host()))
                        .max(Comparator.comparingInt(rule -> rule.host().length())));
    }

    /** Names of namespaces that have a rule for the host, for hints. */
    public List<String> elsewhere(String host) {
        return byNamespace.keySet().stream().filter(namespace -> in(namespace, host).isPresent()).sorted().toList();
    }
}

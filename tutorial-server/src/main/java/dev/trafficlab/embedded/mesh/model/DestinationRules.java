package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** DestinationRules of one namespace by host, oldest first; those that could not be merged stand side by side. */
    private static final class Pool {

        private final Map<String, List<Merged>> byHost = new LinkedHashMap<>();

        /** Istio merges two rules of one host when they are exported alike, or the younger one to more namespaces. */
        void add(Merged rule) {
            List<Merged> known = byHost.computeIfAbsent(rule.host(), _ -> new ArrayList<>());
            boolean apart = true;
            for (int i = 0; i < known.size(); i++) {
                Set<String> older = Set.copyOf(known.get(i).exportTo());
                Set<String> younger = Set.copyOf(rule.exportTo());
                boolean merges = younger.equals(older) || !older.isEmpty() && younger.containsAll(older);
                apart = !merges;
                if (merges) {
                    known.set(i, known.get(i).and(rule));
                }
            }
            if (apart) {
                known.add(rule);
            }
        }

        List<Merged> of(String host) {
            List<Merged> exact = byHost.get(host);
            return exact != null ? exact
                    : byHost.keySet()
                            .stream()
                            .filter(name -> name.startsWith("*") && HostNames.isWithin(host, name))
                            .max(Comparator.comparingInt(String::length))
                            .map(byHost::get)
                            .orElse(List.of());
        }
    }

    private final Map<String, Pool> local = new HashMap<>();
    private final Map<String, Pool> exported = new HashMap<>();
    private final Pool privateToRoot = new Pool();

    /** Reads the objects, and tells which have no effect here. */
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
            add(Merged.of(meta, spec));
        }
    }

    private void add(Merged rule) {
        String own = rule.meta().namespace();
        Set<String> exportTo = Set.copyOf(rule.exportTo());
        if (Visibility.isVisible(rule.exportTo(), own, own)) {
            local.computeIfAbsent(own, _ -> new Pool()).add(rule);
        }
        if (!exportTo.equals(Set.of(".")) && !exportTo.equals(Set.of(own))) {
            exported.computeIfAbsent(own, _ -> new Pool()).add(rule);
        } else if (own.equals(ROOT)) {
            privateToRoot.add(rule);
        }
    }

    /**
     * The rule for the host as proxies of one namespace see it, the Service living in another. Only one namespace is heard; of rules
     * that could not be merged the youngest counts.
     */
    public Optional<Merged> find(String host, String proxyNamespace, String serviceNamespace) {
        Pool near = proxyNamespace.equals(ROOT) ? privateToRoot : local.getOrDefault(proxyNamespace, new Pool());
        return Stream.of(near.of(host), exported(serviceNamespace, host, proxyNamespace), exported(ROOT, host,
                proxyNamespace))
                .filter(rules -> !rules.isEmpty())
                .findFirst()
                .map(List::getLast);
    }

    private List<Merged> exported(String owner, String host, String proxyNamespace) {
        return exported.getOrDefault(owner, new Pool())
                .of(host)
                .stream()
                .filter(rule -> rule.exportTo().isEmpty() || rule.exportTo().contains("*")
                        || rule.exportTo().contains(proxyNamespace))
                .toList();
    }

    /** Names of namespaces that have a rule for the host, for hints. */
    public List<String> elsewhere(String host) {
        return Stream.concat(local.entrySet().stream(), exported.entrySet().stream())
                .filter(entry -> !entry.getValue().of(host).isEmpty())
                .map(Map.Entry::getKey)
                .distinct()
                .sorted()
                .toList();
    }
}

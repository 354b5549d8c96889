package dev.trafficlab.embedded.api.response;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;

/** What discovery says of each resource. */
final class ServedResource {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> READING = List.of("get", "list", "watch");
    private static final List<String> ALL = List.of("create", "delete", "deletecollection", "get", "list", "patch",
            "update", "watch");
    private static final List<String> CREATING = List.of("create");
    private static final List<String> PART = List.of("get", "patch", "update");

    private ServedResource() {}

    /** All resources by {@code v1}, {@code apps/v1}, …, those without stored objects included. */
    static Map<String, List<Served>> byGroupVersion() {
        Map<String, List<Served>> all = new LinkedHashMap<>();
        for (ResourceType type : ResourceTypes.all()) {
            for (String version : type.versions()) {
                all.computeIfAbsent(name(type, version), _ -> new ArrayList<>()).add(of(type, version));
            }
        }
        all.put("authorization.k8s.io/v1", List.of(review("authorization.k8s.io", "SelfSubjectAccessReview"),
                review("authorization.k8s.io", "SelfSubjectRulesReview")));
        all.put("authentication.k8s.io/v1", List.of(review("authentication.k8s.io", "SelfSubjectReview")));
        return all;
    }

    static String name(ResourceType type, String version) {
        return type.group().isEmpty() ? version : type.group() + "/" + version;
    }

    private static Served review(String group, String kind) {
        String singular = kind.toLowerCase(java.util.Locale.ROOT);
        return new Served(new Kind(group, "v1", kind), singular + "s", singular, List.of(), List.of(), false, CREATING,
                List.of());
    }

    private static Served of(ResourceType type, String version) {
        Kind kind = new Kind(type.group(), version, type.kind());
        List<Sub> subresources = new ArrayList<>();
        type.subresources().forEach(name -> subresource(kind, name).ifPresent(subresources::add));
        if (type.kind().equals("Namespace")) {
            subresources.add(new Sub("finalize", kind, List.of("update")));
        }
        if (type.kind().equals("Pod") && !type.subresources().contains("proxy")) {
            subresource(kind, "proxy").ifPresent(subresources::add);
        }
        return new Served(kind, type.plural(), type.singular(), type.shortNames(), type.categories(), type.namespaced(),
                type.readOnly() ? READING : ALL, subresources);
    }

    private static Optional<Sub> subresource(Kind owner, String name) {
        return Optional.of(switch (name) {
            case "scale" -> new Sub(name, new Kind("autoscaling", "v1", "Scale"), PART);
            case "log" -> new Sub(name, owner, List.of("get"));
            case "proxy" -> new Sub(name, new Kind("", "v1", owner.kind() + "ProxyOptions"),
                    List.of("create", "delete", "get", "patch", "update"));
            default -> new Sub(name, owner, PART);
        });
    }

    /** Group, version and kind. */
    record Kind(String group, String version, String kind) {

        ObjectNode document() {
            return NODES.objectNode().put("group", group).put("version", version).put("kind", kind);
        }
    }

    /** A subresource. */
    record Sub(String name, Kind kind, List<String> verbs) {

        ObjectNode legacy(Served owner) {
            ObjectNode entry = NODES.objectNode()
                    .put("name", owner.plural() + "/" + name)
                    .put("singularName", "")
                    .put("namespaced", owner.namespaced());
            if (!kind.group().equals(owner.kind().group()) || !kind.version().equals(owner.kind().version())) {
                entry.put("group", kind.group()).put("version", kind.version());
            }
            entry.put("kind", kind.kind());
            verbs.forEach(entry.putArray("verbs")::add);
            return entry;
        }

        private ObjectNode aggregated() {
            ObjectNode entry = NODES.objectNode().put("subresource", name);
            entry.set("responseKind", kind.document());
            verbs.forEach(entry.putArray("verbs")::add);
            return entry;
        }
    }

    /** A resource. */
    record Served(Kind kind, String plural, String singular, List<String> shortNames, List<String> categories,
            boolean namespaced,
            List<String> verbs, List<Sub> subresources) {

        ObjectNode legacy() {
            ObjectNode entry = NODES.objectNode()
                    .put("name", plural)
                    .put("singularName", singular)
                    .put("namespaced",
                            namespaced)
                    .put("kind", kind.kind());
            verbs.forEach(entry.putArray("verbs")::add);
            return names(entry);
        }

        ObjectNode aggregated() {
            ObjectNode entry = NODES.objectNode().put("resource", plural);
            entry.set("responseKind", kind.document());
            entry.put("scope", namespaced ? "Namespaced" : "Cluster").put("singularResource", singular);
            verbs.forEach(entry.putArray("verbs")::add);
            names(entry);
            if (!subresources.isEmpty()) {
                ArrayNode list = entry.putArray("subresources");
                subresources.forEach(sub -> list.add(sub.aggregated()));
            }
            return entry;
        }

        private ObjectNode names(ObjectNode entry) {
            if (!shortNames.isEmpty()) {
                shortNames.forEach(entry.putArray("shortNames")::add);
            }
            if (!categories.isEmpty()) {
                categories.forEach(entry.putArray("categories")::add);
            }
            return entry;
        }
    }
}

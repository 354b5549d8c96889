package dev.trafficlab.embedded.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code metadata.name=red,status.phase!=Running}, as a query writes it. */
record FieldSelector(List<Requirement> requirements) {

    private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> MORE = Map.of("pods", Set.of("spec.nodeName", "spec.restartPolicy",
            "spec.schedulerName", "spec.serviceAccountName",
            "status.phase",
            "status.podIP"),
            "events", Set.of("involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                    "reportingComponent", "source", "type"),
            "namespaces", Set.of("status.phase"),
            "nodes", Set.of("spec.unschedulable"),
            "services", Set.of("spec.clusterIP", "spec.type"),
            "replicasets", Set.of("status.replicas"));

    static FieldSelector parse(ResourceType type, String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String term : text.split(",")) {
            if (!term.isBlank()) {
                requirements.add(requirement(type, term.trim()));
            }
        }
        return new FieldSelector(requirements);
    }

    private static Requirement requirement(ResourceType type, String term) {
        int equals = term.indexOf('=');
        if (equals < 1) {
            throw ApiException.badRequest("invalid selector: '" + term + "'; can't understand '" + term + "'");
        }
        boolean wanted = term.charAt(equals - 1) != '!';
        String field = term.substring(0, wanted ? equals : equals - 1);
        String value = term.substring(equals + 1);
        if (!EVERYWHERE.contains(field) && !MORE.getOrDefault(type.plural(), Set.of()).contains(field)) {
            throw ApiException.badRequest("field label not supported: " + field);
        }
        return new Requirement("/" + field.replace('.', '/'), value.startsWith("=") ? value.substring(1) : value,
                wanted);
    }

    boolean matches(JsonNode object) {
        return requirements.stream()
                .allMatch(wish -> object.at(wish.pointer()).asText().equals(wish.value()) == wish.wanted());
    }

    record Requirement(String pointer, String value, boolean wanted) {}
}

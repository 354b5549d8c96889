package dev.trafficlab.embedded.api.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceType;

/**
 * {@code metadata.name=red,status.phase!=Running}, as a query writes it.
 *
 * @param requirements all of them must hold
 */
public record FieldSelector(List<Requirement> requirements) {

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

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads a query's selector for objects of the type.
     *
     * @throws ApiException 400 when it is none, or names a field that the type is not selected by
     */
    public static FieldSelector parse(ResourceType type, String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String term : text.split(",", Bounds.SELECTOR_TERMS + 1)) {
            if (requirements.size() == Bounds.SELECTOR_TERMS) {
                throw ApiException.badRequest("the field selector has more than " + Bounds.SELECTOR_TERMS
                        + " terms: ask for fewer at once");
            }
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
        return new Requirement(JsonPointer.compile("/" + field.replace('.', '/')), value.startsWith("=") ? value
                .substring(1) : value,
                wanted);
    }

    /** Whether the object's fields are as all requirements want them. */
    public boolean matches(JsonNode object) {
        return requirements.stream()
                .allMatch(wish -> object.at(wish.pointer()).asText().equals(wish.value()) == wish.wanted());
    }

    /**
     * One condition.
     *
     * @param wanted whether the field must have the value, or must not
     */
    public record Requirement(JsonPointer pointer, String value, boolean wanted) {}
}

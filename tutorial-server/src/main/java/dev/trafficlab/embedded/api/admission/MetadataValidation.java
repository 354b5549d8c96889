package dev.trafficlab.embedded.api.admission;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.ResourceType;

/** The rules for {@code metadata}, the same for every kind but for the syntax of its name. */
final class MetadataValidation {

    private static final int ANNOTATIONS_LIMIT = 256 * 1024;
    private static final List<String> IMMUTABLE = List.of("name", "namespace", "uid", "creationTimestamp");

    private final FieldErrors errors;

    MetadataValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void check(ResourceType type, JsonNode object, Optional<? extends JsonNode> old) {
        JsonNode metadata = object.path("metadata");
        checkName(type, metadata);
        checkLabels(metadata.path("labels"), "metadata.labels");
        checkAnnotations(metadata.path("annotations"), "metadata.annotations");
        checkFinalizers(metadata.path("finalizers"));
        checkOwners(metadata.path("ownerReferences"));
        old.ifPresent(before -> checkUnchanged(metadata, before.path("metadata")));
    }

    private void checkName(ResourceType type, JsonNode metadata) {
        String name = metadata.path("name").asText();
        if (!name.isEmpty()) {
            errors.invalidForEach("metadata.name", name, nameSyntax(type, name));
        } else if (metadata.path("generateName").asText().isEmpty()) {
            errors.required("metadata.name", "name or generateName is required");
        }
    }

    private static List<String> nameSyntax(ResourceType type, String name) {
        return switch (type.kind()) {
            case "Namespace" -> Syntax.dnsLabel(name);
            case "Service" -> type.group().isEmpty() ? Syntax.serviceName(name) : Syntax.dnsSubdomain(name);
            default -> Syntax.dnsSubdomain(name);
        };
    }

    /** The labels at the path, e.g. of a pod template. */
    void checkLabels(JsonNode labels, String path) {
        labels.properties().forEach(label -> {
            errors.invalidForEach(path, label.getKey(), Syntax.qualifiedName(label.getKey()));
            errors.invalidForEach(path, label.getValue(), Syntax.labelValue(label.getValue().asText()));
        });
    }

    /** The annotations at the path. */
    void checkAnnotations(JsonNode annotations, String path) {
        int size = 0;
        for (var annotation : annotations.properties()) {
            String key = annotation.getKey();
            errors.invalidForEach(path, key, Syntax.qualifiedName(key.toLowerCase(Locale.ROOT)));
            size += bytes(key) + bytes(annotation.getValue().asText());
        }
        if (size > ANNOTATIONS_LIMIT) {
            errors.tooLong(path, ANNOTATIONS_LIMIT);
        }
    }

    private void checkFinalizers(JsonNode finalizers) {
        finalizers.forEach(finalizer -> errors.invalidForEach("metadata.finalizers", finalizer,
                Syntax.qualifiedName(finalizer.asText())));
    }

    private void checkOwners(JsonNode owners) {
        for (int i = 0; i < owners.size(); i++) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (owners.get(i).path(field).asText().isEmpty()) {
                    errors.invalid("metadata.ownerReferences[" + i + "]." + field, "", field + " must not be empty");
                }
            }
        }
    }

    private void checkUnchanged(JsonNode metadata, JsonNode before) {
        for (String field : IMMUTABLE) {
            if (before.has(field) && metadata.has(field) && !before.get(field).equals(metadata.get(field))) {
                errors.invalid("metadata." + field, metadata.get(field), "field is immutable");
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

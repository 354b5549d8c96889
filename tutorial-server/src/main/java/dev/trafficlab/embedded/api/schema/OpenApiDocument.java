package dev.trafficlab.embedded.api.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

/**
 * Writes the OpenAPI v3 document of one group and version: what {@code kubectl explain} prints, and the patch operation that
 * tells kubectl to leave validation to the server.
 */
final class OpenApiDocument {

    private static final String REFERENCE = "#/components/schemas/";

    private final String group;
    private final String version;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode schemas;
    private final Set<String> written = new HashSet<>();

    OpenApiDocument(String group, String version) {
        this.group = group;
        this.version = version;
        document.put("openapi", "3.0.0").putObject("info").put("title", "Kubernetes").put("version", "v1");
        document.putObject("paths");
        schemas = document.putObject("components").putObject("schemas");
    }

    ObjectNode build() {
        served().forEach(type -> {
            addPath(type);
            addKind(type);
        });
        return document;
    }

    private Stream<ResourceType> served() {
        return ResourceTypes.all()
                .stream()
                .filter(type -> type.group().equals(group) && type.versions().contains(version));
    }

    private void addPath(ResourceType type) {
        String root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        String collection = root + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        ObjectNode paths = (ObjectNode) document.path("paths");
        if (type.readOnly()) {
            addOperation(paths.putObject(collection + "/{name}"), type, "get", List.of());
            return;
        }
        addOperation(paths.putObject(collection), type, "post", List.of("dryRun", "fieldManager", "fieldValidation"));
        ObjectNode named = paths.putObject(collection + "/{name}");
        addOperation(named, type, "get", List.of());
        addOperation(named, type, "put", List.of("dryRun", "fieldManager", "fieldValidation"));
        addOperation(named, type, "patch", List.of("dryRun", "fieldManager", "fieldValidation", "force"));
        addOperation(named, type, "delete", List.of("dryRun", "gracePeriodSeconds", "propagationPolicy"));
    }

    private void addOperation(ObjectNode path, ResourceType type, String method, List<String> parameters) {
        ObjectNode operation = path.putObject(method);
        operation.put("x-kubernetes-action", method);
        addKindNames(operation.putObject("x-kubernetes-group-version-kind"), type);
        parameters.forEach(parameter -> operation.withArray("parameters")
                .addObject()
                .put("name", parameter)
                .put("in", "query")
                .putObject("schema")
                .put("type", scalarOf(parameter)));
        operation.putObject("responses").putObject("200").put("description", "OK");
    }

    private static String scalarOf(String parameter) {
        return switch (parameter) {
            case "force" -> "boolean";
            case "gracePeriodSeconds" -> "integer";
            default -> "string";
        };
    }

    private void addKind(ResourceType type) {
        ObjectNode schema = addObject((ObjectSchema) Schemas.of(type));
        addKindNames(schema.putArray("x-kubernetes-group-version-kind").addObject(), type);
    }

    private void addKindNames(ObjectNode names, ResourceType type) {
        names.put("group", group).put("version", version).put("kind", type.kind());
    }

    /** Writes the type, and the types of its fields, once each. */
    private ObjectNode addObject(ObjectSchema type) {
        String name = nameOf(type);
        if (!written.add(name)) {
            return (ObjectNode) schemas.path(name);
        }
        ObjectNode schema = schemas.putObject(name);
        describe(schema, type.description()).put("type", "object");
        if (!type.required().isEmpty()) {
            type.required().forEach(schema.putArray("required")::add);
        }
        if (type.open()) {
            schema.put("x-kubernetes-preserve-unknown-fields", true);
        }
        ObjectNode properties = schema.putObject("properties");
        type.fields()
                .forEach((field, value) -> write(properties.putObject(field), value.schema(), value
                        .description()));
        return schema;
    }

    private ObjectNode write(ObjectNode out, Schema schema, String description) {
        switch (schema) {
            case ObjectSchema type -> {
                addObject(type);
                describe(out, description).putArray("allOf").addObject().put("$ref", REFERENCE + nameOf(type));
            }
            case ListSchema type -> {
                describe(out, description).put("type", "array").put("x-kubernetes-list-type", listType(type));
                if (!type.keys().isEmpty()) {
                    type.keys().forEach(out.putArray("x-kubernetes-list-map-keys")::add);
                }
                write(out.putObject("items"), type.items().schema(), "");
            }
            case MapSchema type -> write(describe(out, description).put("type", "object")
                    .putObject("additionalProperties"), type.values().schema(), "");
            case ScalarSchema type -> ScalarDocument.named(type)
                    .ifPresentOrElse(name -> refer(describe(out, description), name, type),
                            () -> ScalarDocument.write(describe(out, description), type));
        }
        return out;
    }

    private void refer(ObjectNode out, String name, ScalarSchema type) {
        if (written.add(name)) {
            ScalarDocument.write(schemas.putObject(name), type);
        }
        out.putArray("allOf").addObject().put("$ref", REFERENCE + name);
    }

    private static String listType(ListSchema type) {
        if (type.set()) {
            return "set";
        }
        return type.keys().isEmpty() ? "atomic" : "map";
    }

    private static ObjectNode describe(ObjectNode out, String description) {
        return description.isEmpty() ? out : out.put("description", description);
    }

    private String nameOf(ObjectSchema type) {
        String prefix = group.endsWith("istio.io") ? "io.istio.networking"
                : "io.k8s.api." + (group.isEmpty()
                        ? "core"
                        : group);
        return prefix + "." + version + "." + type.type();
    }
}

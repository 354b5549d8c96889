package dev.trafficlab.embedded.api.schema;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;

/** The objects that tell of the custom kinds; what is served of them is fixed, so they are for reading only. */
public final class CustomResourceDefinitions {

    private static final Map<String, List<Column>> COLUMNS = Map.of("VirtualService",
            List.of(new Column("Gateways", "string", ".spec.gateways", "The gateways whose traffic takes these routes"),
                    new Column("Hosts", "string", ".spec.hosts", "The hosts that requests are sent to")),
            "DestinationRule", List.of(new Column("Host", "string", ".spec.host", "The service that the rule is for")),
            "ServiceEntry",
            List.of(new Column("Hosts", "string", ".spec.hosts", "The hosts of the service"),
                    new Column("Location", "string", ".spec.location", "Whether the service is part of the mesh"),
                    new Column("Resolution", "string", ".spec.resolution", "How the addresses are found")));

    private static final Column AGE = new Column("Age", "date", ".metadata.creationTimestamp",
            "How long ago the object was created");

    private CustomResourceDefinitions() {}

    /** One for each custom kind, as a cluster stores it but for what the API server adds to every object. */
    public static List<ObjectNode> all() {
        return ResourceTypes.all().stream().filter(ResourceType::custom).map(CustomResourceDefinitions::of).toList();
    }

    private static ObjectNode of(ResourceType type) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "CustomResourceDefinition");
        definition.putObject("metadata")
                .put("name", type.resource())
                .putObject("labels")
                .put("app", "istio-pilot")
                .put("release", "istio");
        ObjectNode spec = definition.putObject("spec");
        spec.put("group", type.group()).put("scope", type.namespaced() ? "Namespaced" : "Cluster");
        spec.putObject("conversion").put("strategy", "None");
        addNames(spec.putObject("names"), type);
        addVersions(spec.putArray("versions"), type);
        addStatus(definition.putObject("status"), type);
        return definition;
    }

    private static void addNames(ObjectNode names, ResourceType type) {
        names.put("kind", type.kind())
                .put("listKind", type.kind() + "List")
                .put("plural", type.plural())
                .put("singular",
                        type.singular());
        if (!type.shortNames().isEmpty()) {
            type.shortNames().forEach(names.putArray("shortNames")::add);
        }
        type.categories().forEach(names.putArray("categories")::add);
    }

    private static void addVersions(ArrayNode versions, ResourceType type) {
        // One schema for all versions: they are views of one object.
        ObjectNode schema = InlineSchema.of((ObjectSchema) Schemas.of(type));
        for (String name : type.versions()) {
            ObjectNode version = versions.addObject();
            version.put("name", name).put("served", true).put("storage", name.equals(type.versions().getFirst()));
            version.putObject("subresources").putObject("status");
            version.putObject("schema").set("openAPIV3Schema", schema);
            addColumns(version, type);
        }
    }

    private static void addColumns(ObjectNode version, ResourceType type) {
        List<Column> columns = COLUMNS.getOrDefault(type.kind(), List.of());
        if (!columns.isEmpty()) {
            ArrayNode list = version.putArray("additionalPrinterColumns");
            columns.forEach(column -> column.addTo(list));
            AGE.addTo(list);
        }
    }

    private static void addStatus(ObjectNode status, ResourceType type) {
        addNames(status.putObject("acceptedNames"), type);
        status.putArray("storedVersions").add(type.versions().getFirst());
        ArrayNode conditions = status.putArray("conditions");
        conditions.addObject()
                .put("type", "NamesAccepted")
                .put("status", "True")
                .put("reason", "NoConflicts")
                .put("message", "no conflicts found");
        conditions.addObject()
                .put("type", "Established")
                .put("status", "True")
                .put("reason", "InitialNamesAccepted")
                .put("message", "the initial names have been accepted");
    }

    private record Column(String name, String type, String jsonPath, String description) {

        void addTo(ArrayNode columns) {
            columns.addObject()
                    .put("name", name)
                    .put("type", type)
                    .put("jsonPath", jsonPath)
                    .put("description",
                            description);
        }
    }
}

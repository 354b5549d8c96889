package dev.trafficlab.embedded.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** Makes {@code meta.k8s.io/v1} Tables: what a client gets that accepts {@code application/json;as=Table}. */
public final class Tables {

    /** Kinds that are not here show their name and age, as custom resources without printer columns do. */
    private static final Map<String, List<Column>> COLUMNS = Map.ofEntries(Map.entry("pods", PodCells.columns()),
            Map.entry("deployments.apps", WorkloadCells.deployment()), Map.entry("replicasets.apps", WorkloadCells
                    .replicaSet()),
            Map.entry("nodes", WorkloadCells.node()), Map.entry("services", NetworkCells.service()),
            Map.entry("endpoints", NetworkCells.endpoints()),
            Map.entry("endpointslices.discovery.k8s.io", NetworkCells.endpointSlice()),
            Map.entry("events", EventCells.columns()), Map.entry("events.events.k8s.io", EventCells.columns()),
            Map.entry("namespaces", List.of(Column.named(), text("Status", "/status/phase"), Column.age())),
            Map.entry("serviceaccounts",
                    List.of(Column.named(), Column.integer("Secrets", it -> it.path("secrets").size()), Column.age())),
            Map.entry("configmaps", List.of(Column.named(),
                    Column.integer("Data", it -> it.path("data").size() + it.path("binaryData").size()), Column.age())),
            Map.entry("customresourcedefinitions.apiextensions.k8s.io",
                    List.of(Column.named(), text("Created At", "/metadata/creationTimestamp"))),
            Map.entry("virtualservices.networking.istio.io",
                    List.of(Column.named(), text("Gateways", "/spec/gateways"), text("Hosts", "/spec/hosts"), Column
                            .age())),
            Map.entry("destinationrules.networking.istio.io",
                    List.of(Column.named(), text("Host", "/spec/host"), Column.age())),
            Map.entry("serviceentries.networking.istio.io", List.of(Column.named(), text("Hosts", "/spec/hosts"),
                    text("Location", "/spec/location"), text("Resolution", "/spec/resolution"), Column.age())));

    private static final List<Column> PLAIN = List.of(Column.named(), Column.age());

    private Tables() {}

    /** How much of each object a row carries beside its cells ({@code includeObject} in the query). */
    public enum IncludeObject {
        NONE,
        METADATA,
        OBJECT;

        /** The value of the query parameter; without one, the metadata. */
        public static IncludeObject of(Optional<String> parameter) {
            return switch (parameter.orElse("")) {
                case "None" -> NONE;
                case "Object" -> OBJECT;
                default -> METADATA;
            };
        }
    }

    /**
     * A table of the objects.
     *
     * @param listMeta the list's metadata ({@code resourceVersion}, {@code continue}, …)
     * @param withColumns whether the columns are described: always, but for the later events of a watch
     */
    public static ObjectNode table(ResourceType type, List<ObjectNode> objects, Instant now, IncludeObject include,
            boolean withColumns, ObjectNode listMeta) {
        List<Column> columns = COLUMNS.getOrDefault(type.resource(), PLAIN);
        ObjectNode table = JsonNodeFactory.instance.objectNode()
                .put("kind", "Table")
                .put("apiVersion",
                        "meta.k8s.io/v1");
        table.set("metadata", listMeta);
        ArrayNode definitions = table.putArray("columnDefinitions");
        if (withColumns) {
            columns.forEach(column -> definitions.add(column.definition()));
        }
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> rows.add(row(columns, object, now, include)));
        return table;
    }

    /** The object's metadata alone, as a row or a metadata-only client wants it. */
    public static ObjectNode partial(JsonNode object) {
        ObjectNode partial = JsonNodeFactory.instance.objectNode()
                .put("kind", "PartialObjectMetadata")
                .put("apiVersion",
                        "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static ObjectNode row(List<Column> columns, ObjectNode object, Instant now, IncludeObject include) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        ArrayNode cells = row.putArray("cells");
        columns.forEach(column -> cells.add(column.cell().apply(object, now)));
        switch (include) {
            case METADATA -> row.set("object", partial(object));
            case OBJECT -> row.set("object", object);
            case NONE -> {
            }
        }
        return row;
    }

    /** A cell as a CRD's printer column shows it: scalars as they are, lists as JSON. */
    private static Column text(String name, String pointer) {
        return Column.string(name, object -> {
            JsonNode value = object.at(pointer);
            return value.isValueNode() || value.isMissingNode() ? value.asText() : value.toString();
        });
    }
}

package dev.trafficlab.embedded.api.response;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.table.Tables;
import dev.trafficlab.embedded.api.table.Tables.IncludeObject;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * Objects as a client asked to see them: in a version, in a form.
 *
 * @param type the kind
 * @param apiVersion group and version asked for
 * @param form the form asked for
 * @param include what a table's rows carry of their objects
 */
public record RepresentationWriter(ResourceType type, String apiVersion, Representation form, IncludeObject include,
        InstantSource clock) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String META = "meta.k8s.io/v1";

    public static RepresentationWriter of(RequestInfo call, InstantSource clock) {
        return new RepresentationWriter(call.path().type(), call.path().apiVersion(), Representation.of(call.request()
                .header("accept")),
                IncludeObject.of(call.query().first("includeObject")), clock);
    }

    /** One object. */
    public ObjectNode object(ObjectNode value) {
        return watched(value, true);
    }

    /** The object of a watch event; a table names its columns only in the first. */
    public ObjectNode watched(ObjectNode value, boolean first) {
        return switch (form) {
            case PLAIN -> versioned(value);
            case METADATA -> Tables.partial(value);
            case TABLE -> table(List.of(versioned(value)), first,
                    NODES.objectNode().put("resourceVersion", value.path("metadata").path("resourceVersion").asText()));
        };
    }

    /** A list, with the token for its next page. */
    public ObjectNode list(List<StoredObject> objects, long revision, Optional<String> next) {
        ObjectNode metadata = NODES.objectNode().put("resourceVersion", Long.toString(revision));
        next.ifPresent(token -> metadata.put("continue", token));
        List<ObjectNode> values = objects.stream().map(object -> versioned(object.value())).toList();
        if (form == Representation.TABLE) {
            return table(values, true, metadata);
        }
        boolean plain = form == Representation.PLAIN;
        ObjectNode list = NODES.objectNode();
        list.put("kind", plain ? type.kind() + "List" : "PartialObjectMetadataList")
                .put("apiVersion", plain
                        ? apiVersion
                        : META);
        list.set("metadata", metadata);
        ArrayNode items = list.putArray("items");
        values.forEach(value -> items.add(plain ? value : Tables.partial(value)));
        return list;
    }

    /** The object of a bookmark. */
    public ObjectNode bookmark(long revision, boolean endOfInitialEvents) {
        ObjectNode metadata = NODES.objectNode().put("resourceVersion", Long.toString(revision));
        if (endOfInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        if (form == Representation.TABLE) {
            return table(List.of(), false, metadata);
        }
        ObjectNode bookmark = NODES.objectNode();
        boolean plain = form == Representation.PLAIN;
        bookmark.put("kind", plain ? type.kind() : "PartialObjectMetadata")
                .put("apiVersion", plain ? apiVersion
                        : META);
        bookmark.set("metadata", metadata.putNull("creationTimestamp"));
        return bookmark;
    }

    private ObjectNode table(List<ObjectNode> values, boolean withColumns, ObjectNode metadata) {
        return Tables.table(type, values, clock.instant(), include, withColumns, metadata);
    }

    private ObjectNode versioned(ObjectNode value) {
        ObjectNode view = NODES.objectNode();
        view.setAll(value);
        return view.put("apiVersion", apiVersion);
    }
}

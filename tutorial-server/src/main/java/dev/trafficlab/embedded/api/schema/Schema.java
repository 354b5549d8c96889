package dev.trafficlab.embedded.api.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The structure of one value, as Kubernetes' structural schemas describe it. */
public sealed interface Schema {

    /** What {@code kubectl explain} prints. */
    String description();

    /**
     * An object with known fields.
     *
     * @param type its short name, e.g. {@code DeploymentSpec}
     * @param fields by JSON name, in order
     * @param required the fields that must be there
     * @param open whether unknown fields are kept (as in a free-form Struct)
     * @param choices groups of fields of which at most one may be there ({@code oneOf} in Istio's schemas)
     */
    record ObjectSchema(String type, String description, Map<String, Field> fields, Set<String> required, boolean open,
            List<List<String>> choices) implements Schema {

        public ObjectSchema {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
            choices = choices.stream().map(List::copyOf).toList();
        }
    }

    /** A field of an object: resolved on demand, as types may contain themselves. */
    interface Field {
        /** The field's own description, else its type's. */
        String description();

        /** The field's structure. */
        Schema schema();
    }

    /**
     * A list.
     *
     * @param keys the item fields that name an item ({@code x-kubernetes-list-map-keys}); empty for the other kinds of list
     * @param set whether it is a set of scalars ({@code x-kubernetes-list-type: set}); neither keys nor set: atomic
     */
    record ListSchema(String description, Field items, List<String> keys, boolean set) implements Schema {}

    /** A map from strings to values (labels, annotations, matchLabels). */
    record MapSchema(String description, Field values) implements Schema {}

    /**
     * A scalar.
     *
     * @param type JSON type: {@code string}, {@code integer}, {@code number}, {@code boolean}, or {@code int-or-string}
     * @param format OpenAPI format ({@code int32}, {@code date-time}), or one of ours: {@code uint32}, {@code uint64},
     *     {@code quantity}, {@code duration}; empty when there is none
     * @param values the allowed values, empty when any is
     */
    record ScalarSchema(String description, String type, String format, List<String> values) implements Schema {}
}

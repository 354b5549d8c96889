package dev.trafficlab.embedded.api.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who owns which fields of an object.
 *
 * @param entries one for each manager, operation and subresource
 */
record ManagedFields(List<Entry> entries) {

    private static final int MOST_UPDATERS = 10;
    private static final String ANCIENT = "ancient-changes";

    ManagedFields {
        entries = List.copyOf(entries);
    }

    static ManagedFields read(JsonNode object) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            FieldSet fields = FieldSet.readRoot(entry.path("fieldsV1"));
            if (!fields.isEmpty()) {
                Manager manager = new Manager(entry.path("manager").asText(), Operation.of(entry.path("operation")
                        .asText()),
                        entry.path("apiVersion").asText(), entry.path("subresource").asText());
                entries.add(new Entry(manager, entry.path("time").asText(), fields));
            }
        }
        return new ManagedFields(entries);
    }

    /** Whether the object brings ownership along that its writer wants to be kept. */
    static boolean isGiven(JsonNode object) {
        return !object.path("metadata").path("managedFields").isEmpty();
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        entries.stream()
                .sorted(Comparator.comparing((Entry entry) -> entry.manager().operation())
                        .thenComparing(Entry::time)
                        .thenComparing(entry -> entry.manager().name()))
                .forEach(entry -> list.add(entry.write()));
        metadata.set("managedFields", list);
    }

    Optional<Entry> of(Manager manager) {
        return entries.stream().filter(entry -> entry.manager().isSame(manager)).findFirst();
    }

    /** With the manager's entry replaced; an empty set of fields removes it. The time changes only with the fields. */
    ManagedFields with(Manager manager, FieldSet fields, String now) {
        Optional<Entry> old = of(manager);
        List<Entry> next = new ArrayList<>(entries);
        old.ifPresent(next::remove);
        if (!fields.isEmpty()) {
            boolean unchanged = old.isPresent() && old.get().fields().equals(fields);
            next.add(new Entry(manager, unchanged ? old.get().time() : now, fields));
        }
        return new ManagedFields(next).capped();
    }

    /** Without these fields in the entries of all managers but one. */
    ManagedFields minus(FieldSet fields, Manager spared) {
        return new ManagedFields(entries.stream()
                .map(entry -> entry.manager().isSame(spared)
                        ? entry
                        : new Entry(entry.manager(), entry.time(), entry.fields().minus(fields)))
                .filter(entry -> !entry.fields().isEmpty())
                .toList());
    }

    /** The oldest updaters share an entry once there are too many. */
    private ManagedFields capped() {
        List<Entry> updaters = entries.stream()
                .filter(entry -> entry.manager().operation() == Operation.UPDATE && entry.manager()
                        .subresource()
                        .isEmpty())
                .sorted(Comparator.comparing(Entry::time))
                .toList();
        if (updaters.size() <= MOST_UPDATERS) {
            return this;
        }
        List<Entry> merged = updaters.subList(0, updaters.size() - MOST_UPDATERS + 1);
        List<Entry> next = new ArrayList<>(entries);
        next.removeAll(merged);
        Entry newest = merged.getLast();
        FieldSet fields = merged.stream().map(Entry::fields).reduce(new FieldSet(), FieldSet::union);
        next.add(new Entry(new Manager(ANCIENT, Operation.UPDATE, newest.manager().apiVersion(), ""), newest.time(),
                fields));
        return new ManagedFields(next);
    }

    /** How fields came to be owned. */
    enum Operation {
        APPLY("Apply"),
        UPDATE("Update");

        private final String text;

        Operation(String text) {
            this.text = text;
        }

        static Operation of(String text) {
            return text.equals(APPLY.text) ? APPLY : UPDATE;
        }
    }

    /**
     * Who owns fields.
     *
     * @param name the client's name for itself
     * @param subresource empty for the object itself
     */
    record Manager(String name, Operation operation, String apiVersion, String subresource) {

        boolean isSame(Manager other) {
            return name.equals(other.name) && operation == other.operation && subresource.equals(other.subresource)
                    && (operation == Operation.APPLY || apiVersion.equals(other.apiVersion));
        }

        /** As error messages name it. */
        String print(String time) {
            String text = "\"" + name + "\"" + (subresource.isEmpty() ? ""
                    : " with subresource \"" + subresource + "\"");
            if (operation == Operation.APPLY) {
                return text;
            }
            return text + " using " + apiVersion + (time.isEmpty() ? "" : " at " + time);
        }
    }

    /** One manager's fields. */
    record Entry(Manager manager, String time, FieldSet fields) {

        private ObjectNode write() {
            ObjectNode entry = JsonNodeFactory.instance.objectNode();
            entry.put("manager", manager.name()).put("operation", manager.operation().text);
            entry.put("apiVersion", manager.apiVersion()).put("time", time).put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", fields.write());
            if (!manager.subresource().isEmpty()) {
                entry.put("subresource", manager.subresource());
            }
            return entry;
        }
    }
}

package dev.trafficlab.embedded.api.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.apply.Fields.Difference;
import dev.trafficlab.embedded.api.apply.ManagedFields.Entry;
import dev.trafficlab.embedded.api.apply.ManagedFields.Manager;
import dev.trafficlab.embedded.api.apply.ManagedFields.Operation;
import dev.trafficlab.embedded.api.schema.Schema;

/**
 * One writer of one object: keeps {@code metadata.managedFields}, and merges what is applied.
 *
 * @param name the field manager's name
 * @param apiVersion the version in which it writes
 * @param subresource the subresource that it writes, empty for the object itself
 * @param now the time of the write
 */
public record FieldManager(Schema schema, String name, String apiVersion, String subresource, String now) {

    private static final List<String> UNOWNED_METADATA = List.of("name", "namespace", "creationTimestamp", "selfLink",
            "uid",
            "generation", "managedFields", "resourceVersion");

    /**
     * Notes who owns what after an ordinary write.
     *
     * @param before the object before; empty when it is new
     * @param after the object as it will be stored; its managedFields are set
     */
    public void track(Optional<ObjectNode> before, ObjectNode after) {
        if (isReset(after)) {
            new ManagedFields(List.of()).writeTo(after);
            return;
        }
        ManagedFields known = ManagedFields.isGiven(after)
                ? ManagedFields.read(after)
                : before.map(ManagedFields::read).orElse(new ManagedFields(List.of()));
        Difference difference = Fields.compare(schema, owned(before.orElseGet(JsonNodeFactory.instance::objectNode)),
                owned(after));
        Manager self = new Manager(name, Operation.UPDATE, apiVersion, subresource);
        FieldSet gone = difference.changed().union(difference.removed());
        FieldSet mine = known.of(self)
                .map(Entry::fields)
                .orElseGet(FieldSet::new)
                .minus(difference.removed())
                .union(difference.changed());
        known.minus(gone, self).with(self, mine, now).writeTo(after);
    }

    /** A client may ask for a clean slate by one empty entry. */
    private static boolean isReset(ObjectNode object) {
        var list = object.path("metadata").path("managedFields");
        return list.size() == 1 && list.get(0).isEmpty();
    }

    /**
     * Merges an applied configuration into the object: sets what it names, takes away what this manager applied before and no longer
     * names, and changes hands.
     *
     * @param live the object as it is; an empty one when there is none yet
     * @param config what is applied
     * @param force whether to take fields that others own
     * @return the object as it is to be, with its managedFields
     * @throws ApiException 409 with a cause for each field that another manager owns with another value
     */
    public ObjectNode apply(ObjectNode live, ObjectNode config, boolean force) {
        Manager self = new Manager(name, Operation.APPLY, apiVersion, subresource);
        ManagedFields known = withFirstOwner(live);
        FieldSet wanted = Fields.of(schema, owned(config)).compact();
        FieldSet last = known.of(self).map(Entry::fields).orElseGet(FieldSet::new);
        ObjectNode merged = Merge.merge(schema, live, config);
        FieldSet dropped = last.minus(wanted);
        for (Entry other : known.entries()) {
            if (other.manager().operation() == Operation.APPLY && !other.manager().isSame(self)) {
                dropped = dropped.minus(other.fields());
            }
        }
        Merge.remove(schema, merged, dropped, wanted);
        Difference difference = Fields.compare(schema, owned(live), owned(merged));
        List<Conflict> conflicts = conflicts(known, self, difference.changed());
        if (!conflicts.isEmpty() && !force) {
            throw refusal(conflicts);
        }
        FieldSet taken = difference.changed().union(difference.removed());
        known.minus(taken, self).with(self, wanted, now).writeTo(merged);
        return merged;
    }

    /** What was there before anybody applied belongs to nobody in particular, but not to the one who comes now. */
    private ManagedFields withFirstOwner(ObjectNode live) {
        ManagedFields known = ManagedFields.read(live);
        if (live.isEmpty() || !known.entries().isEmpty()) {
            return known;
        }
        FieldSet all = Fields.compare(schema, JsonNodeFactory.instance.objectNode(), owned(live)).changed();
        return known.with(new Manager("before-first-apply", Operation.UPDATE, apiVersion, ""), all, now);
    }

    private static List<Conflict> conflicts(ManagedFields known, Manager self, FieldSet changed) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Entry other : known.entries()) {
            if (!other.manager().isSame(self)) {
                other.fields()
                        .intersect(changed)
                        .paths()
                        .forEach(path -> conflicts.add(new Conflict(other.manager().print(other.time()), path)));
            }
        }
        return conflicts;
    }

    private record Conflict(String manager, String path) {}

    private static ApiException refusal(List<Conflict> conflicts) {
        return new ApiException(409, "Conflict", message(conflicts), details -> conflicts.forEach(conflict -> details
                .withArray("/causes")
                .addObject()
                .put("reason", "FieldManagerConflict")
                .put("message", "conflict with " + conflict.manager())
                .put("field", conflict.path())));
    }

    private static String message(List<Conflict> conflicts) {
        if (conflicts.size() == 1) {
            Conflict only = conflicts.getFirst();
            return "Apply failed with 1 conflict: conflict with " + only.manager() + ": " + only.path();
        }
        Map<String, List<String>> byManager = new TreeMap<>();
        conflicts.forEach(conflict -> byManager.computeIfAbsent(conflict.manager(), _ -> new ArrayList<>())
                .add(conflict
                        .path()));
        List<String> lines = new ArrayList<>();
        byManager.forEach((manager, paths) -> {
            lines.add("conflicts with " + manager + ":");
            paths.forEach(path -> lines.add("- " + path));
        });
        return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", lines);
    }

    /** The fields that can be owned: not those that name the object or are the cluster's own. */
    private static ObjectNode owned(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(object);
        copy.remove(List.of("apiVersion", "kind"));
        if (object.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            rest.setAll(metadata);
            rest.remove(UNOWNED_METADATA);
            if (rest.isEmpty()) {
                copy.remove("metadata");
            } else {
                copy.set("metadata", rest);
            }
        }
        return copy;
    }
}

package dev.trafficlab.embedded.api.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths, a tree by path element. Elements are written as in {@code managedFields}: {@code f:name} for a field,
 * {@code k:{"name":"red"}} for the item of a keyed list, {@code v:"x"} for the member of a set.
 *
 * <p>A set is built by {@link #descend} and {@link #setMember} and is not changed afterwards: what is made of sets shares their parts,
 * so that each takes time by what differs. Not safe for threads while it is built.
 */
final class FieldSet {

    private static final String SELF = ".";

    private boolean member;
    private final Map<String, FieldSet> children = new TreeMap<>();

    /** Reads {@code fieldsV1}. */
    static FieldSet read(JsonNode fields) {
        FieldSet set = new FieldSet();
        set.member = fields.isEmpty() || fields.has(SELF);
        fields.properties().forEach(entry -> {
            if (!entry.getKey().equals(SELF)) {
                set.children.put(entry.getKey(), read(entry.getValue()));
            }
        });
        return set;
    }

    /** The same, of a whole object: an empty document is the empty set. */
    static FieldSet readRoot(JsonNode fields) {
        FieldSet set = read(fields);
        set.member = false;
        return set;
    }

    /** Writes {@code fieldsV1}. */
    ObjectNode write() {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        if (member && !children.isEmpty()) {
            fields.putObject(SELF);
        }
        children.forEach((element, child) -> fields.set(element, child.write()));
        return fields;
    }

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    boolean isMember() {
        return member;
    }

    void setMember() {
        member = true;
    }

    /** The part below the element, created when absent. */
    FieldSet descend(String element) {
        return children.computeIfAbsent(element, _ -> new FieldSet());
    }

    /** The part below the element; an empty set of its own when there is none. */
    FieldSet child(String element) {
        FieldSet child = children.get(element);
        return child == null ? new FieldSet() : child;
    }

    FieldSet union(FieldSet other) {
        if (other.isEmpty() || this == other) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        FieldSet result = new FieldSet();
        result.member = member || other.member;
        result.children.putAll(children);
        other.children.forEach((element, child) -> result.children.merge(element, child, FieldSet::union));
        return result;
    }

    FieldSet minus(FieldSet other) {
        if (other.isEmpty() || isEmpty()) {
            return this;
        }
        FieldSet result = new FieldSet();
        result.member = member && !other.member;
        children.forEach((element, child) -> {
            FieldSet without = other.children.get(element);
            result.keep(element, without == null ? child : child.minus(without));
        });
        return result;
    }

    FieldSet intersect(FieldSet other) {
        if (children.size() > other.children.size()) {
            return other.intersect(this);
        }
        FieldSet result = new FieldSet();
        result.member = member && other.member;
        children.forEach((element, child) -> {
            FieldSet with = other.children.get(element);
            if (with != null) {
                result.keep(element, child.intersect(with));
            }
        });
        return result;
    }

    private void keep(String element, FieldSet child) {
        if (!child.isEmpty()) {
            children.put(element, child);
        }
    }

    /** Takes away empty branches. */
    FieldSet compact() {
        FieldSet result = new FieldSet();
        result.member = member;
        children.forEach((element, child) -> result.keep(element, child.children.isEmpty() ? child : child.compact()));
        return result;
    }

    /** The paths as error messages write them: {@code .spec.containers[name="red"].image}. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String path, List<String> paths) {
        if (member) {
            paths.add(path);
        }
        children.forEach((element, child) -> child.collect(path + PathElement.print(element), paths));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet set && member == set.member && children.equals(set.children);
    }

    @Override
    public int hashCode() {
        return 31 * children.hashCode() + Boolean.hashCode(member);
    }

    @Override
    public String toString() {
        return paths().toString();
    }
}

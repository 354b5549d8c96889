package dev.trafficlab.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.course.Course;
import dev.trafficlab.inventory.Topology.ObjectName;

/** Everything that is in a lab, to look at. A lab is named by its namespace. */
public interface Inventory {

    /** The way of the lab's traffic as of now, with the ghosts of what its course will still make. */
    Topology topology(String namespace, Course course);

    /** The lab's objects, what belongs to another below it. */
    List<Entry> tree(String namespace);

    /** All there is to know of one object, if it is there. */
    Optional<Sheet> sheet(String namespace, ObjectName object);

    /** The newest lines of a container's log; empty when there is no such container, or nothing to read yet. */
    String log(String namespace, String pod, String container);

    /**
     * The fields that an object may hold at a place of its tree, by the cluster's own schemas.
     *
     * @param path names of fields, without the positions in lists
     */
    List<Field> fields(String apiVersion, String kind, List<String> path);

    /** A number that changes whenever anything in the lab may have. */
    long revision(String namespace);

    /** How an object is. */
    enum Health {
        /** As it should be, as far as one can tell. */
        GOOD,
        /** On its way there. */
        BUSY,
        /** Not as it should be. */
        BAD
    }

    /**
     * One object of the tree.
     *
     * @param status figures and terms of the cluster's own, such as {@code 1/1 Running}
     */
    record Entry(ObjectName object, String status, Health health, List<Entry> below) {
        public Entry {
            below = List.copyOf(below);
        }
    }

    /**
     * One object, whole.
     *
     * @param yaml without what only machines read
     * @param containers whose logs can be read
     * @param events newest first
     */
    record Sheet(Entry entry, String yaml, List<String> containers, List<Happening> events) {
        public Sheet {
            containers = List.copyOf(containers);
            events = List.copyOf(events);
        }
    }

    /** Something that happened to an object, as its Event tells. */
    record Happening(boolean warning, String reason, String message, int count, Optional<Instant> last) {}

    /**
     * A field by its schema.
     *
     * @param type such as {@code string} or {@code []object}
     * @param description as the schema has it, perhaps empty
     * @param values what may stand there, empty when that is open
     */
    record Field(String name, String type, String description, boolean required, List<String> values) {
        public Field {
            values = List.copyOf(values);
        }
    }
}

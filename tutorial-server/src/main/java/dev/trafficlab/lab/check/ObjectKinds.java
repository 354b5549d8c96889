package dev.trafficlab.lab.check;

import dev.trafficlab.course.YamlMapping;

/** Which kinds of objects a lab can hold. */
public interface ObjectKinds {

    /** Whether there is a kind of that name. */
    boolean knows(String kind);

    /** All their names, for a message. */
    String names();

    /** The field {@code kind}, which must name one of them. */
    default String read(YamlMapping fields) {
        String kind = fields.text("kind");
        if (!kind.isEmpty() && !knows(kind)) {
            fields.problem("kind", "there is no kind '%s' in a lab; write one of %s".formatted(kind, names()));
        }
        return kind;
    }
}

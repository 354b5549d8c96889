package dev.trafficlab.course;

/**
 * One kind of check, found by its name. Whoever can look at a lab brings these along; the course only reads what an author wrote.
 */
public interface CheckKind {

    /** What an author writes after {@code check:}. */
    String name();

    /** Reads the kind's own fields; what is wrong with them goes to the mapping's report. */
    Condition read(YamlMapping fields);

    /** What must hold, as its kind has read it; only that kind knows how to look at it. */
    interface Condition {}
}

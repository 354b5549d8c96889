package dev.trafficlab.course;

import java.util.List;
import java.util.Optional;

/**
 * The courses this server teaches: those packaged with it, and those in the folder that the setting {@code tutorial.content-dir}
 * names. A course of that folder is read anew when one of its files changes.
 */
public interface Courses {

    /** All courses, in the order to show them. */
    List<Course> all();

    /** The course of that id. */
    Optional<Course> find(String courseId);

    /** What its author should know of a course whose files may change; empty for a course that is packaged. */
    default Optional<Edition> edition(String courseId) {
        return Optional.empty();
    }

    /** Courses of the folder that cannot be taught, with what is wrong; where an earlier edition was good, that one is taught. */
    default List<ContentProblem> problems() {
        return List.of();
    }

    /** A path inside the content as its author knows it: where the course's folder lies elsewhere, with that in front. */
    default String shown(String courseId, String path) {
        return path;
    }

    /**
     * A course as it was last read from its folder.
     *
     * @param number counts up each time that its files changed
     * @param problems what is wrong with the newest files; the last good edition is taught meanwhile
     */
    record Edition(long number, List<ContentProblem> problems) {

        public Edition {
            problems = List.copyOf(problems);
        }
    }
}

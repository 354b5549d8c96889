package dev.trafficlab.course.reading;

import java.util.Optional;

/** Where the texts of courses come from. */
@FunctionalInterface
interface ContentFiles {

    /** The file's text, if there is such a file; paths are like {@code content/my-course/course.yaml}. */
    Optional<String> read(String path);

    /** The path as its author knows it. */
    default String shown(String path) {
        return path;
    }
}

package dev.trafficlab.course;

import java.util.List;
import java.util.Optional;

/** The courses this server teaches, read once from {@code content/} and {@code manifests/} on the class path. */
public interface Courses {

    /** All courses, in the order to show them. */
    List<Course> all();

    /** The course of that id. */
    Optional<Course> find(String courseId);
}

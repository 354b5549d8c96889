package dev.trafficlab.traffic;

import java.util.Optional;

import dev.trafficlab.course.Course;

/** Tells which course a lab follows, and so what its traffic experiments with. Namespaces name labs here. */
@FunctionalInterface
public interface LabCourses {

    /** The course of the namespace's lab; empty where there is no such lab. Called often: must be quick. */
    Optional<Course> of(String namespace);
}

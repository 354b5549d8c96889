package dev.trafficlab.lab.backend;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.traffic.LabCourses;

/** Looks up a lab's course on its Namespace, where it never changes while the lab is there. Thread-safe. */
public final class CoursesByNamespace implements LabCourses {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Courses courses;
    private final LoadingCache<String, Optional<String>> ids = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(REMEMBERED)
            .build(this::ask);

    public CoursesByNamespace(Cluster cluster, Courses courses) {
        this.cluster = cluster;
        this.courses = courses;
    }

    @Override
    public Optional<Course> of(String namespace) {
        Optional<String> id = ids.get(namespace);
        if (id.isEmpty()) {
            ids.invalidate(namespace);
        }
        return id.flatMap(courses::find);
    }

    private Optional<String> ask(String namespace) {
        return Optional.ofNullable(cluster.client().namespaces().withName(namespace).get())
                .flatMap(LabRecord::read)
                .map(Lab::course);
    }
}

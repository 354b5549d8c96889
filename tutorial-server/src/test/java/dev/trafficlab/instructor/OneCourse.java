package dev.trafficlab.instructor;

import java.util.List;
import java.util.Optional;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Page;
import dev.trafficlab.course.Step;

/** A course of two steps. */
final class OneCourse implements Courses {

    @Override
    public List<Course> all() {
        Page page = new Page("", "");
        return List.of(new Course("weights", "Weights", "", Course.Level.BEGINNER, 1, Experiment.NONE, page, List.of(
                step("one", "First"), step("two",
                        "Second")), page));
    }

    @Override
    public Optional<Course> find(String courseId) {
        return all().stream().filter(course -> course.id().equals(courseId)).findFirst();
    }

    private static Step step(String id, String label) {
        return new Step(id, 1, label, label, 5, "", "", List.of(), false, List.of(), new Step.Traffic("/", false));
    }
}

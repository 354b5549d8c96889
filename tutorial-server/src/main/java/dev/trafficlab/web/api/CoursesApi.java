package dev.trafficlab.web.api;

import java.util.List;
import java.util.Locale;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;

/** The catalogue of courses, for everybody. */
@RestController
@RequestMapping("/api/v1/courses")
class CoursesApi {

    private final Courses courses;

    CoursesApi(Courses courses) {
        this.courses = courses;
    }

    /** All courses, in the order to show them. */
    @GetMapping
    List<CourseBody> all() {
        return courses.all().stream().map(CourseBody::of).toList();
    }

    /**
     * A course.
     *
     * @param level {@code beginner}, {@code intermediate} or {@code advanced}
     * @param minutes how long reading and trying all steps takes
     */
    record CourseBody(String id, String title, String summary, String level, int minutes, List<StepTitle> steps) {

        static CourseBody of(Course course) {
            return new CourseBody(course.id(), course.title(), course.summary(), course.level()
                    .name()
                    .toLowerCase(Locale.ROOT), course.minutes(), course.steps()
                            .stream()
                            .map(step -> new StepTitle(step.id(), step.title()))
                            .toList());
        }
    }

    /** A step by name. */
    record StepTitle(String id, String title) {}
}

package dev.trafficlab.web.page;

import java.util.Optional;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;

/** One page of a course, in the order its readers go through it: welcome, the steps, finish. */
sealed interface CoursePage {

    /** The id of the page before the first step. */
    String WELCOME = "welcome";

    /** The id of the page after the last step. */
    String FINISH = "finish";

    /** Its name in addresses. */
    String id();

    /** Its heading. */
    String title();

    /** The template that shows it. */
    String template();

    /** A step of the course. */
    record Lesson(Step step) implements CoursePage {

        @Override
        public String id() {
            return step.id();
        }

        @Override
        public String title() {
            return step.title();
        }

        @Override
        public String template() {
            return "step";
        }
    }

    /** A page of prose alone. */
    record Prose(String id, String title, String html) implements CoursePage {

        @Override
        public String template() {
            return "prose";
        }
    }

    /** The course's page of that id. */
    static Optional<CoursePage> find(Course course, String pageId) {
        return switch (pageId) {
            case WELCOME -> Optional.of(new Prose(WELCOME, course.welcome().title(), course.welcome().html()));
            case FINISH -> Optional.of(new Prose(FINISH, course.finish().title(), course.finish().html()));
            default -> course.step(pageId).map(Lesson::new);
        };
    }
}

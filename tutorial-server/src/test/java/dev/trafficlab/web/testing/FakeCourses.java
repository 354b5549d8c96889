package dev.trafficlab.web.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.course.Check;
import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Exercise;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Page;
import dev.trafficlab.course.Step;

/** One small course of two steps. */
public class FakeCourses implements Courses {

    /** The course's id. */
    public static final String ID = "traffic-weighting";

    private static final Course COURSE = new Course(ID, "Weight-based routing", "Shift traffic by weights.",
            Course.Level.BEGINNER, 1, new Experiment(new Experiment.Subject("colors", "", "version"), Map.of(), Optional
                    .empty(), Optional.empty(), List.of("/", "/colors")),
            new Page("Welcome aboard", "<p>What this is about.</p>"),
            List.of(step("services", 1, "Run the app", "Services", "services.yaml"),
                    step("gateway", 2, "Open the door", "Gateway", "gateway.yaml", "extra.yaml")),
            new Page("That was it", "<p>What you learned.</p>"));

    @Override
    public List<Course> all() {
        return List.of(COURSE);
    }

    @Override
    public Optional<Course> find(String courseId) {
        return courseId.equals(ID) ? Optional.of(COURSE) : Optional.empty();
    }

    private static Step step(String id, int number, String title, String label, String... files) {
        List<Step.Manifest> manifests = List.of(files)
                .stream()
                .map(file -> new Step.Manifest(file,
                        "# " + file + "\nkind: Service\n", "<span class=\"line\">kind: Service</span>"))
                .toList();
        return new Step(id, number, title, label, 5, "<p>Before " + id + ".</p>", "<p>After " + id + ".</p>", manifests,
                false, List.of(new Check("A Service exists", "Press Apply.", "", new CheckKind.Condition() {
                }, 1)),
                new Step.Traffic("/colors", false), Optional.empty(), Optional.of(new Exercise(
                        "Find it out alone.", "Look closely.", manifests.getFirst(), List.of())));
    }
}

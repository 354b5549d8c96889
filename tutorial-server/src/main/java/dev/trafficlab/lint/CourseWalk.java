package dev.trafficlab.lint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.ManifestPreview;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Traffic;

/**
 * Walks a course as a learner who only presses the buttons would: check, Apply, send the step's traffic, check again. It ends at the
 * first step that goes wrong, as the later ones build on it; their manifests are still tried.
 */
final class CourseWalk {

    /** How long a step's checks may take to pass: rollouts are quick here, as pods start at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int REQUESTS = 100;

    private final Courses courses;
    private final Labs labs;
    private final ManifestPreview preview;
    private final Traffic traffic;

    CourseWalk(Courses courses, Labs labs, ManifestPreview preview, Traffic traffic) {
        this.courses = courses;
        this.labs = labs;
        this.preview = preview;
        this.traffic = traffic;
    }

    /** What goes wrong on the way. */
    List<ContentProblem> problems(Course course) {
        String lab = labs.create(course.id()).lab().id();
        List<ContentProblem> problems = new ArrayList<>();
        for (Step step : course.steps()) {
            boolean untroubled = problems.isEmpty();
            problems.addAll(refused(course, lab, step));
            if (untroubled && problems.isEmpty()) {
                problems.addAll(walk(course, lab, step));
            }
        }
        return problems;
    }

    private List<ContentProblem> refused(Course course, String lab, Step step) {
        return step.manifests().stream().flatMap(manifest -> {
            String file = courses.shown(course.id(), "manifests/%s/%s".formatted(course.id(), manifest.file()));
            return preview.review(lab, manifest.yaml())
                    .remarks()
                    .stream()
                    .map(remark -> new ContentProblem(file, remark.line(), remark.message()));
        }).toList();
    }

    private List<ContentProblem> walk(Course course, String lab, Step step) {
        String file = courses.shown(course.id(), "content/%s/%s.md".formatted(course.id(), step.id()));
        if (labs.check(lab, step.id()).passed()) {
            return List.of(new ContentProblem(file, step.checks().isEmpty() ? 1 : step.checks().getFirst().line(),
                    "the checks pass before Apply; write one that only this step's manifests make true"));
        }
        return switch (labs.apply(lab, step.id())) {
            case ApplyOutcome.Applied _ -> unpassed(file, step, checked(lab, step));
            case ApplyOutcome.Rejected(List<ApplyOutcome.Problem> refused) -> refused.stream()
                    .map(problem -> new ContentProblem(file, 1, "Apply is refused: " + problem.object() + ": "
                            + problem.message()))
                    .toList();
            case ApplyOutcome.Conflicted(List<ApplyOutcome.Conflict> conflicts) -> conflicts.stream()
                    .map(conflict -> new ContentProblem(file, 1, "Apply is refused: %s: %s is set by %s".formatted(
                            conflict.object(), conflict.field(), conflict.owner())))
                    .toList();
        };
    }

    /** The last look: the first at which all checks pass, or the one when patience ends. */
    private CheckOutcome checked(String lab, Step step) {
        LoadSpec requests = LoadSpec.of(step.traffic(), REQUESTS, step.traffic().clients());
        long end = System.nanoTime() + PATIENCE.toNanos();
        CheckOutcome outcome = labs.check(lab, step.id());
        while (!outcome.passed() && System.nanoTime() < end) {
            traffic.send(lab, requests);
            LockSupport.parkNanos(PAUSE.toNanos());
            outcome = labs.check(lab, step.id());
        }
        return outcome;
    }

    private static List<ContentProblem> unpassed(String file, Step step, CheckOutcome outcome) {
        return IntStream.range(0, step.checks().size())
                .filter(i -> !outcome.checks().get(i).passed())
                .mapToObj(i -> new ContentProblem(file, step.checks().get(i).line(),
                        "'%s' does not pass after Apply; correct the check or the manifests. Found: %s".formatted(
                                step.checks().get(i).name(), outcome.checks().get(i).reason())))
                .toList();
    }
}

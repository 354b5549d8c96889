package dev.trafficlab.course.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Step;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.course.markdown.ProblemReport;

/** Reads courses: {@code course.yaml}, the Markdown files and drawings beside it, and the manifests of the same name. */
final class CourseReader {

    private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final int LAST = 1_000;

    private final ContentFiles files;
    private final CheckReader checks;
    private final List<ContentProblem> problems = new ArrayList<>();

    /** A reader that knows these kinds of checks. */
    CourseReader(ContentFiles files, Collection<CheckKind> kinds) {
        this.files = files;
        this.checks = new CheckReader(kinds);
    }

    /**
     * Reads the courses.
     *
     * @param courseIds names of folders in {@code content}
     * @throws InvalidContentException naming all that is wrong in any of them
     */
    static List<Course> read(ContentFiles files, List<String> courseIds, Collection<CheckKind> kinds) {
        CourseReader reader = new CourseReader(files, kinds);
        List<Course> courses = courseIds.stream().map(reader::course).toList();
        if (!reader.problems.isEmpty()) {
            throw new InvalidContentException(reader.problems);
        }
        return courses;
    }

    /** Reads one course; of no use where there are problems. */
    Course course(String id) {
        String file = "content/%s/course.yaml".formatted(id);
        ProblemReport report = (line, message) -> problems.add(new ContentProblem(files.shown(file), line, message));
        if (!id.matches(ID)) {
            report.problem(1, "the folder '%s' cannot be a course's id; write lower-case letters, digits and dashes"
                    .formatted(id));
        }
        YamlMapping fields = YamlMapping.parse(files.read(file).orElse(""), report);
        String title = fields.text("title");
        String summary = fields.text("summary");
        Course.Level level = level(fields);
        int order = fields.number("order", 1, LAST, LAST);
        Experiment experiment = ExperimentReader.read(fields);
        List<String> stepIds = stepIds(fields);
        fields.rejectOthers();
        PageReader pages = new PageReader(files, checks, id, stepIds, problems);
        List<Step> steps = IntStream.range(0, stepIds.size()).mapToObj(i -> pages.step(stepIds.get(i), i + 1)).toList();
        return new Course(id, title, summary, level, order, experiment, pages.page("welcome"), steps, pages.page(
                "finish"));
    }

    /** What was wrong with what was read. */
    List<ContentProblem> problems() {
        return problems;
    }

    private static Course.Level level(YamlMapping fields) {
        String text = fields.text("level", "beginner");
        return Arrays.stream(Course.Level.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    fields.problem("level", "there is no level '%s'; write one of %s".formatted(text, Arrays.stream(
                            Course.Level.values())
                            .map(level -> level.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
                    return Course.Level.BEGINNER;
                });
    }

    private static List<String> stepIds(YamlMapping fields) {
        List<String> written = fields.texts("steps");
        List<String> ids = written.stream().distinct().toList();
        if (ids.size() != written.size()) {
            fields.problem("steps", "a step is listed twice; list it once");
        }
        for (String id : ids) {
            if (!id.matches(ID) || id.equals("welcome") || id.equals("finish")) {
                fields.problem("steps", "'%s' cannot be a step's id; write lower-case letters, digits and dashes, "
                        .formatted(id) + "and neither welcome nor finish");
            }
        }
        return ids;
    }
}

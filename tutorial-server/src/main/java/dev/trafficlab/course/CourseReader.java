package dev.trafficlab.course;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.trafficlab.course.markdown.ProblemReport;

/** Reads courses: {@code course.yaml}, the Markdown files and drawings beside it, and the manifests of the same name. */
final class CourseReader {

    private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";

    private final ContentFiles files;
    private final List<ContentProblem> problems = new ArrayList<>();

    private CourseReader(ContentFiles files) {
        this.files = files;
    }

    /**
     * Reads the courses.
     *
     * @param courseIds names of folders in {@code content}
     * @throws InvalidContentException naming all that is wrong in any of them
     */
    static List<Course> read(ContentFiles files, List<String> courseIds) {
        CourseReader reader = new CourseReader(files);
        List<Course> courses = courseIds.stream().map(reader::course).toList();
        if (!reader.problems.isEmpty()) {
            throw new InvalidContentException(reader.problems);
        }
        return courses;
    }

    private Course course(String id) {
        String file = "content/%s/course.yaml".formatted(id);
        ProblemReport report = (line, message) -> problems.add(new ContentProblem(file, line, message));
        YamlMapping fields = YamlMapping.parse(files.read(file).orElse(""), report);
        String title = fields.text("title");
        String summary = fields.text("summary");
        List<String> stepIds = stepIds(fields);
        fields.rejectOthers();
        PageReader pages = new PageReader(files, id, stepIds, problems);
        List<Step> steps = IntStream.range(0, stepIds.size()).mapToObj(i -> pages.step(stepIds.get(i), i + 1)).toList();
        return new Course(id, title, summary, pages.page("welcome"), steps, pages.page("finish"));
    }

    private static List<String> stepIds(YamlMapping fields) {
        List<String> ids = fields.texts("steps").stream().distinct().toList();
        if (ids.size() != fields.texts("steps").size()) {
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

package dev.trafficlab.course.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import dev.trafficlab.course.Check;
import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Exercise;
import dev.trafficlab.course.Page;
import dev.trafficlab.course.Prediction;
import dev.trafficlab.course.Step;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.course.markdown.CodeBlock;
import dev.trafficlab.course.markdown.LinkResolver;
import dev.trafficlab.course.markdown.Markdown;
import dev.trafficlab.course.markdown.ProblemReport;
import dev.trafficlab.course.markdown.Prose;

/** Reads the Markdown files of one course. */
final class PageReader {

    private final ContentFiles files;
    private final CheckReader checks;
    private final String courseId;
    private final List<String> stepIds;
    private final List<ContentProblem> problems;

    PageReader(ContentFiles files, CheckReader checks, String courseId, List<String> stepIds,
            List<ContentProblem> problems) {
        this.files = files;
        this.checks = checks;
        this.courseId = courseId;
        this.stepIds = List.copyOf(stepIds);
        this.problems = problems;
    }

    /** A page of prose, such as welcome. */
    Page page(String id) {
        String file = file(id + ".md");
        FrontMatter source = FrontMatter.of(read(file), report(file));
        Prose prose = render(file, source);
        if (prose.parts().size() != 1) {
            report(file).problem(1, "<!-- apply --> belongs to steps only; remove it");
        }
        Page page = new Page(source.fields().text("title"), prose.parts().getFirst());
        source.fields().rejectOthers();
        return page;
    }

    /** A step; the number counts from 1. */
    Step step(String id, int number) {
        String file = file(id + ".md");
        FrontMatter source = FrontMatter.of(read(file), report(file));
        YamlMapping fields = source.fields();
        Prose prose = render(file, source);
        if (prose.parts().size() != 2) {
            report(file).problem(fields.line(),
                    "the text must hold the line <!-- apply --> once, where the manifest goes");
        }
        Step step = new Step(id, number, fields.text("title"), fields.text("label"), fields.number("minutes", 1, 60),
                prose.parts().getFirst(), prose.parts().getLast(),
                manifests(file, fields, prose.explained()), fields.flag("restarts-deployments"),
                checks(fields, number), traffic(fields.object("traffic")), prediction(fields), exercise(fields,
                        number));
        fields.rejectOthers();
        return step;
    }

    private List<Check> checks(YamlMapping fields, int number) {
        List<String> later = stepIds.subList(number, stepIds.size());
        return fields.objects("checks").stream().flatMap(check -> checks.read(check, later).stream()).toList();
    }

    /** The field {@code exercise}, which a step may do without. */
    private Optional<Exercise> exercise(YamlMapping step, int number) {
        if (!step.has("exercise")) {
            return Optional.empty();
        }
        YamlMapping fields = step.object("exercise");
        String name = fields.text("solution");
        String yaml = manifest(fields, "solution", name).orElse("");
        var exercise = new Exercise(fields.text("task"), fields.text("hint"), new Step.Manifest(name, yaml, CodeBlock
                .html("yaml", yaml, Set.of())), checks(fields, number));
        fields.rejectOthers();
        return Optional.of(exercise);
    }

    private Optional<String> manifest(YamlMapping fields, String field, String name) {
        Optional<String> yaml = files.read("manifests/%s/%s".formatted(courseId, name));
        if (yaml.isEmpty()) {
            fields.problem(field, "there is no manifest %s; write the name of a file in manifests/%s".formatted(name,
                    courseId));
        }
        return yaml;
    }

    private static Step.Traffic traffic(YamlMapping fields) {
        Step.Traffic traffic = new Step.Traffic(fields.path("path"), fields.text("host", ""), fields.textMap(
                "headers"), fields.number("clients", 1, 1_000, Step.Traffic.USUAL_CLIENTS), fields.number("rate", 1, 50,
                        Step.Traffic.USUAL_RATE), fields.flag("inside"), fields.number("expect", 100, 599, 200));
        fields.rejectOthers();
        return traffic;
    }

    /** The field {@code predict}, which a step may do without. */
    private static Optional<Prediction> prediction(YamlMapping step) {
        if (!step.has("predict")) {
            return Optional.empty();
        }
        YamlMapping fields = step.object("predict");
        String question = fields.text("question");
        List<Prediction.Choice> choices = fields.objects("choices").stream().map(PageReader::choice).toList();
        if (choices.size() < 2 || choices.size() > 4 || choices.stream()
                .filter(Prediction.Choice::right)
                .count() != 1) {
            fields.problem("choices", "a prediction needs two to four choices, one of them with  right: true");
        }
        fields.rejectOthers();
        return Optional.of(new Prediction(question, choices));
    }

    private static Prediction.Choice choice(YamlMapping fields) {
        var choice = new Prediction.Choice(fields.text("text"), fields.flag("right"), fields.text("because"));
        fields.rejectOthers();
        return choice;
    }

    private List<Step.Manifest> manifests(String file, YamlMapping fields, List<Prose.Explained> explained) {
        List<Step.Manifest> manifests = new ArrayList<>();
        List<Prose.Explained> unmatched = new ArrayList<>(explained);
        for (String name : fields.texts("applies")) {
            manifest(fields, "applies", name).ifPresent(text -> manifests.add(manifest(name, text, unmatched,
                    explained)));
        }
        for (Prose.Explained line : unmatched) {
            report(file).problem(line.line(), "no line of %s holds '%s'; write the line as it stands there"
                    .formatted(fields.texts("applies"), line.code()));
        }
        return manifests;
    }

    private static Step.Manifest manifest(String name, String yaml, List<Prose.Explained> unmatched,
            List<Prose.Explained> explained) {
        List<String> lines = yaml.lines().toList();
        Set<Integer> marked = new HashSet<>();
        for (Prose.Explained line : explained) {
            int[] found = IntStream.range(0, lines.size()).filter(i -> holds(lines.get(i), line.code())).toArray();
            for (int i : found) {
                marked.add(i + 1);
                unmatched.remove(line);
            }
        }
        return new Step.Manifest(name, yaml, CodeBlock.html("yaml", yaml, marked));
    }

    /** Whether the line is this code, apart from its indentation, the dash of a list and a comment. */
    private static boolean holds(String line, String code) {
        return line.replaceFirst("\\s+#.*$", "").strip().replaceFirst("^- ", "").equals(code);
    }

    private Prose render(String file, FrontMatter source) {
        return Markdown.render(source.body(), new Folder(), report(file));
    }

    private String read(String file) {
        return files.read(file).orElseGet(() -> {
            report(file).problem(1, "there is no such file; write it, or take it out of course.yaml");
            return "---\n---\n";
        });
    }

    private String file(String name) {
        return "content/%s/%s".formatted(courseId, name);
    }

    private ProblemReport report(String file) {
        return (line, message) -> problems.add(new ContentProblem(files.shown(file), line, message));
    }

    /** What the texts of this course may refer to. */
    private final class Folder implements LinkResolver {

        @Override
        public Optional<String> drawing(String name) {
            return files.read(file(name));
        }

        @Override
        public boolean hasPage(String id) {
            return stepIds.contains(id);
        }
    }
}

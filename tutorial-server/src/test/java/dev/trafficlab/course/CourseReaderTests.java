package dev.trafficlab.course;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CourseReaderTests {

    private static final String STEP = "content/tiny/door.md";
    private static final String COURSE = "content/tiny/course.yaml";

    private final Map<String, String> files = new HashMap<>(Map.of(
            COURSE, """
                    title: A tiny course
                    summary: One door.
                    steps: [door]
                    """,
            "content/tiny/welcome.md", """
                                       ---
                                       title: Hello
                                       ---
                                       Come in.
                                       """,
            "content/tiny/finish.md", """
                                      ---
                                      title: Bye
                                      ---
                                      Mind the step.
                                      """,
            STEP, """
                  ---
                  title: Open a door
                  label: Door
                  minutes: 5
                  applies: [gateway.yaml]
                  traffic: {path: /}
                  checks:
                    - check: answers
                      name: It answers
                      hint: Press Apply.
                      path: /
                      status: 404
                  ---
                  A door.

                  | Line | What it says |
                  |---|---|
                  | `number: 80` | The port |

                  <!-- apply -->

                  ## What just happened

                  It opened.
                  """,
            "manifests/tiny/gateway.yaml", """
                                           servers:
                                           - port:
                                               number: 80   # http
                                             hosts: ["*"]
                                           """));

    @Test
    void readsAWholeCourse() {
        Course course = read();
        assertThat(course.id()).isEqualTo("tiny");
        assertThat(course.title()).isEqualTo("A tiny course");
        assertThat(course.summary()).isEqualTo("One door.");
        assertThat(course.welcome()).isEqualTo(new Page("Hello", "<p>Come in.</p>\n"));
        assertThat(course.finish().title()).isEqualTo("Bye");
        Step step = course.step("door").orElseThrow();
        assertThat(step.number()).isEqualTo(1);
        assertThat(step.title()).isEqualTo("Open a door");
        assertThat(step.label()).isEqualTo("Door");
        assertThat(step.minutes()).isEqualTo(5);
        assertThat(step.restartsDeployments()).isFalse();
        assertThat(step.traffic()).isEqualTo(new Step.Traffic("/", false));
        assertThat(step.checks()).containsExactly(new Check.Answers("It answers", "Press Apply.", "/", false, 404));
    }

    @Test
    void dividesAStepAtTheApplyMark() {
        Step step = read().step("door").orElseThrow();
        assertThat(step.intro()).startsWith("<p>A door.</p>").contains("<table>").doesNotContain("It opened");
        assertThat(step.explanation().strip()).isEqualTo("""
                                                         <h2 id="what-just-happened">What just happened</h2>
                                                         <p>It opened.</p>""");
    }

    @Test
    void marksTheLinesThatTheTextExplains() {
        Step.Manifest manifest = read().step("door").orElseThrow().manifests().getFirst();
        assertThat(manifest.file()).isEqualTo("gateway.yaml");
        assertThat(manifest.yaml()).isEqualTo(files.get("manifests/tiny/gateway.yaml"));
        assertThat(manifest.html().lines().filter(line -> line.contains("marked")))
                .singleElement()
                .asString()
                .contains("number");
    }

    @Test
    void readsEveryKindOfCheck() {
        files.put(STEP, text(STEP).replaceFirst("(?s)checks:.*?\n---",
                """
                checks:
                  - {check: objects-exist, name: n, hint: h, kind: Service, objects: [a, b]}
                  - {check: pods-ready, name: n, hint: h, deployments: 5, containers: 2}
                  - {check: namespace-label, name: n, hint: h, label: l, value: v}
                  - {check: answers, name: n, hint: h, path: /x, inside: true, status: 200}
                  - {check: subsets-defined, name: n, hint: h, destination-rule: d, subsets: [v1]}
                  - {check: route-weights, name: n, hint: h, virtual-service: w, path: /, weights: {v1: 1, v2: 99}}
                  - {check: split-fits, name: n, hint: h, requests: 100, shares: {v1: 33, v2: 33}}
                  - {check: one-client-one-version, name: n, hint: h, path: /, requests: 20}
                ---"""));
        assertThat(read().steps().getFirst().checks()).containsExactly(new Check.ObjectsExist("n", "h", "Service", List
                .of("a", "b")),
                new Check.PodsReady("n", "h", 5, 2),
                new Check.NamespaceLabel("n", "h", "l", "v"),
                new Check.Answers("n", "h", "/x", true, 200),
                new Check.SubsetsDefined("n", "h", "d", List.of("v1")),
                new Check.RouteWeights("n", "h", "w", "/", Map.of("v1", 1, "v2", 99)),
                new Check.SplitFits("n", "h", 100, Map.of("v1", 33, "v2", 33)),
                new Check.OneClientOneVersion("n", "h", "/", 20));
    }

    @ParameterizedTest(name = "{1} for {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  title: Open a door     | titel: Open a door     | 2 | titel is not known here; known are
                                                                  title: Open a door     | label: Two             | 3 | label is written twice; keep one
                                                                  minutes: 5             | minutes: soon          | 4 | minutes must be a whole number from 1 to 60
                                                                  minutes: 5             | minutes: 90            | 4 | minutes is 90; write a whole number from 1 to 60
                                                                  [gateway.yaml]         | gateway.yaml           | 5 | applies must be a list of names
                                                                  [gateway.yaml]         | [gate.yaml]            | 5 | there is no manifest gate.yaml; write the name of a file in manifests/tiny
                                                                  {path: /}              | {path: colors}         | 6 | path must start with a slash; write  path: /colors
                                                                  {path: /}              | {path: /, inside: yes} | 6 | inside must be true or false
                                                                  {path: /}              | /                      | 6 | traffic must be fields of its own, such as  {path: /}
                                                                  check: answers         | check: replies         | 8 | there is no check 'replies'; write objects-exist
                                                                  status: 404            | status: 4O4            | 12 | status must be a whole number from 100 to 599
                                                                  status: 404            | state: 404             | 8 | status is missing; write  status:  and a whole number
                                                                  hint: Press Apply.     | hint:                  | 10 | hint must be some text
                                                                  `number: 80`           | `nummer: 80`           | 18 | no line of [gateway.yaml] holds 'nummer: 80'
                                                                  <!-- apply -->         | Apply.                 | 2 | the text must hold the line <!-- apply --> once
                                                                  A door.                | # A door               | 14 | a heading of level 1 is the page's title
                                                                  A door.                | ### A door             | 14 | this heading skips a level; write ## A door
                                                                  A door.                | A <b>door</b>          | 14 | raw HTML is not allowed (<b>)
                                                                  A door.                | <div>door</div>        | 14 | raw HTML is not allowed
                                                                  A door.                | [door](window)         | 14 | the link window leads nowhere
                                                                  A door.                | [door](javascript:x)   | 14 | the link javascript:x leads nowhere
                                                                  A door.                | ![door](door.svg)      | 14 | there is no drawing door.svg
                                                                  A door.                | Look: ![door](door.svg) | 14 | the drawing door.svg must be a paragraph of its own
                                                                  minutes: 5             | minutes: [5            | 5 | this is not valid YAML
                                                                  """)
    void tellsWhatIsWrongWithAStepAndWhere(String good, String bad, int line, String message) {
        replace(STEP, good, bad == null ? "" : bad);
        assertThatThrownBy(this::read).isInstanceOf(InvalidContentException.class)
                .hasMessageContaining("%s:%d: %s".formatted(STEP, line, message));
    }

    @Test
    void tellsWhenACodeFenceNamesNoLanguage() {
        replace(STEP, "A door.", "```\nls\n```");
        assertThatThrownBy(this::read).hasMessageContaining(STEP
                + ":14: unknown language ''; write one of [yaml, shell, text]");
    }

    @Test
    void tellsWhenTheFrontMatterIsMissing() {
        files.put("content/tiny/welcome.md", "Come in.\n");
        assertThatThrownBy(this::read)
                .hasMessageContaining("content/tiny/welcome.md:1: the file must start with its front matter");
    }

    @Test
    void tellsWhenAPageHasAnApplyMark() {
        replace("content/tiny/welcome.md", "Come in.", "<!-- apply -->");
        assertThatThrownBy(this::read).hasMessageContaining(
                "content/tiny/welcome.md:1: <!-- apply --> belongs to steps only");
    }

    @Test
    void tellsWhenAStepHasNoFile() {
        replace(COURSE, "[door]", "[door, window]");
        assertThatThrownBy(this::read).hasMessageContaining("content/tiny/window.md:1: there is no such file");
    }

    @Test
    void tellsWhenAStepIsListedTwiceOrHasAnImpossibleId() {
        replace(COURSE, "[door]", "[door, door, Door, finish]");
        assertThatThrownBy(this::read).hasMessageContaining(COURSE + ":3: a step is listed twice")
                .hasMessageContaining(COURSE + ":3: 'Door' cannot be a step's id")
                .hasMessageContaining(COURSE + ":3: 'finish' cannot be a step's id");
    }

    @Test
    void tellsWhenWeightsDoNotAddUp() {
        files.put(STEP, text(STEP).replaceFirst("(?s)checks:.*?\n---",
                """
                checks:
                  - {check: route-weights, name: n, hint: h, virtual-service: w, path: /, weights: {v1: 10, v2: 80}}
                ---"""));
        assertThatThrownBy(this::read).hasMessageContaining(STEP
                + ":8: the weights add up to 90; they must add up to 100");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        replace(COURSE, "title: A tiny course", "name: A tiny course");
        replace(STEP, "label: Door", "label: ''");
        replace("content/tiny/finish.md", "Mind the step.", "<br>");
        assertThatThrownBy(this::read).hasMessageContainingAll(COURSE, STEP, "content/tiny/finish.md");
    }

    private Course read() {
        return CourseReader.read(path -> Optional.ofNullable(files.get(path)), List.of("tiny")).getFirst();
    }

    private void replace(String file, String good, String bad) {
        assertThat(text(file)).contains(good);
        files.put(file, text(file).replace(good, bad));
    }

    private String text(String file) {
        return files.getOrDefault(file, "");
    }
}

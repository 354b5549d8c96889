package dev.trafficlab.course.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Page;
import dev.trafficlab.course.Step;

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
        assertThat(step.checks()).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("It answers");
            assertThat(check.hint()).isEqualTo("Press Apply.");
            assertThat(check.line()).isEqualTo(8);
        });
    }

    @Test
    void readsAnExerciseAndSaysWhatItLacks() {
        files.put(STEP, text(STEP).replace("checks:\n",
                """
                exercise:
                  task: Close it.
                  hint: Push.
                  solution: gateway.yaml
                  checks:
                    - {check: answers, name: Closed, hint: Look., path: /, status: 502}
                checks:
                """));
        assertThat(read().step("door").orElseThrow().exercise()).hasValueSatisfying(exercise -> {
            assertThat(exercise.task()).isEqualTo("Close it.");
            assertThat(exercise.hint()).isEqualTo("Push.");
            assertThat(exercise.solution().file()).isEqualTo("gateway.yaml");
            assertThat(exercise.checks()).singleElement()
                    .satisfies(check -> assertThat(check.name()).isEqualTo(
                            "Closed"));
        });
        files.put(STEP, text(STEP).replace("solution: gateway.yaml", "solution: wall.yaml"));
        assertThatThrownBy(this::read).hasMessageContaining("there is no manifest wall.yaml");
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
    void readsTheExperiment() {
        files.put(COURSE, text(COURSE) + """
                                         level: advanced
                                         order: 7
                                         experiment:
                                           subject: {image: shop, label: track}
                                           versions: {stable: {color: teal, shape: square}}
                                           tally: {service: till, port: http, variable: TINT, unset: grey}
                                           inside: {app: visitor, service: shop}
                                           links: [/, /cart]
                                         """);
        Course course = read();
        assertThat(course.level()).isEqualTo(Course.Level.ADVANCED);
        assertThat(course.order()).isEqualTo(7);
        assertThat(course.minutes()).isEqualTo(5);
        assertThat(course.experiment()).isEqualTo(new Experiment(new Experiment.Subject("shop", "", "track"), Map.of(
                "stable", new Experiment.VersionLook(Experiment.Tone.TEAL, Experiment.Shape.SQUARE)), Optional.of(
                        new Experiment.TallyService("till", "http", "TINT", "grey")), Optional.of(
                                new Experiment.InsideClient("visitor", "shop")), List.of("/", "/cart")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                                            subject: {}                            | the subject is told by one of image and app
                                            subject: {image: a, app: b}            | the subject is told by one of image and app
                                            subject: {app: a, colour: b}           | colour is not known here
                                            links: [cart]                          | a link is a path behind the gateway; write  /cart
                                            versions: {v1: {color: pink, shape: circle}} | there is no color 'pink'; write one of red, teal
                                            tally: {service: a}                    | port is missing
                                            """)
    void tellsWhatIsWrongWithTheExperiment(String field, String message) {
        String subject = field.startsWith("subject") ? "" : "subject: {app: a}, ";
        files.put(COURSE, text(COURSE) + "experiment: {" + subject + field + "}\n");
        assertThatThrownBy(this::read).hasMessageContaining(COURSE + ":4: " + message);
    }

    @Test
    void aCheckMayHoldUntilALaterStepOnly() {
        replace(STEP, "hint: Press Apply.", "hint: Press Apply.\n    until: door");
        assertThatThrownBy(this::read).hasMessageContaining(STEP + ":11: 'door' is no later step of this course");
    }

    @Test
    void tellsWhenAnAnchorLeadsNowhere() {
        replace(STEP, "A door.", "A [door](#what-just-happened) and a [window](#window).");
        assertThatThrownBy(this::read).hasMessageContaining(STEP + ":14: no heading of this page makes the anchor "
                + "#window").message().doesNotContain("#what-just-happened;");
    }

    @Test
    void trafficPresetsNameHostHeadersClientsAndRate() {
        replace(STEP, "traffic: {path: /}",
                "traffic: {path: /, host: shop.example, headers: {x-user: ann}, clients: 100, rate: 5, expect: 404}");
        Step.Traffic traffic = read().steps().getFirst().traffic();
        assertThat(traffic).isEqualTo(new Step.Traffic("/", "shop.example", Map.of("x-user", "ann"), 100, 5, false,
                404));
        assertThat(traffic.headerLines()).isEqualTo("Host: shop.example\nx-user: ann");
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
                                                                  check: answers         | check: replies         | 8 | there is no check 'replies'; write answers,
                                                                  status: 404            | status: 4O4            | 12 | status must be a whole number from 100 to 599
                                                                  status: 404            | state: 404             | 8 | say what is wanted of the answer
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
    void tellsAllProblemsAtOnce() {
        replace(COURSE, "title: A tiny course", "name: A tiny course");
        replace(STEP, "label: Door", "label: ''");
        replace("content/tiny/finish.md", "Mind the step.", "<br>");
        assertThatThrownBy(this::read).hasMessageContainingAll(COURSE, STEP, "content/tiny/finish.md");
    }

    private Course read() {
        return CourseReader.read(path -> Optional.ofNullable(files.get(path)), List.of("tiny"), KnownChecks.all())
                .getFirst();
    }

    private void replace(String file, String good, String bad) {
        assertThat(text(file)).contains(good);
        files.put(file, text(file).replace(good, bad));
    }

    private String text(String file) {
        return files.getOrDefault(file, "");
    }
}

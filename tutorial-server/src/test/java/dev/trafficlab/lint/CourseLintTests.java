package dev.trafficlab.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The linter on courses that are sound but for one fault each; the packaged course is always among those it walks. */
class CourseLintTests {

    private static final String SERVICE = """
                                          apiVersion: v1
                                          kind: Service
                                          metadata:
                                            name: shop
                                          spec:
                                            ports:
                                            - {name: http, port: 80}
                                          """;
    private static final String EXISTS = "{check: objects-exist, name: It is there, hint: Apply., kind: Service, objects: [shop]}";
    private static final String WORDS = "Words.";

    @TempDir
    Path dir;

    @BeforeEach
    void aSoundCourse() throws IOException {
        course("sound", EXISTS, WORDS, SERVICE);
    }

    @Test
    void soundCoursesLintClean() throws IOException, InterruptedException {
        Run run = lint();
        assertThat(run.lines()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void eachFaultIsToldWithFileAndLine() throws IOException, InterruptedException {
        course("refused", EXISTS, WORDS, SERVICE.replace("port: 80", "port: 800000"));
        course("early", EXISTS.replace("objects-exist", "not-exists"), WORDS, SERVICE);
        course("never", EXISTS.replace("[shop]", "[shops]"), WORDS, SERVICE);
        course("anchor", EXISTS, "[there](#nowhere)", SERVICE);
        course("kind", EXISTS.replace("objects-exist", "objects-shine"), WORDS, SERVICE);
        course("file", EXISTS, WORDS, SERVICE);
        Files.delete(dir.resolve("manifests/file/shop.yaml"));

        Run run = lint();

        assertThat(run.exit()).isOne();
        assertThat(run.lines()).satisfiesExactlyInAnyOrder(
                line -> assertThat(line).startsWith(path(
                        "manifests/refused/shop.yaml:7: Service \"shop\" is invalid: "))
                        .contains("spec.ports[0].port", "800000"),
                line -> assertThat(line).isEqualTo(path("content/early/open.md:8: ")
                        + "the checks pass before Apply; write one that only this step's manifests make true"),
                line -> assertThat(line).startsWith(path("content/never/open.md:8: ")
                        + "'It is there' does not pass after Apply; correct the check or the manifests. Found: "),
                line -> assertThat(line).startsWith(path("content/anchor/open.md:14: ")).contains("#nowhere"),
                line -> assertThat(line).startsWith(path("content/kind/open.md:8: ")).contains("objects-shine"),
                line -> assertThat(line).startsWith(path("content/file/open.md:5: "))
                        .contains("there is no manifest shop.yaml"));
    }

    /** How the argument ended, and what it printed. */
    private record Run(int exit, List<String> lines) {}

    private Run lint() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "dev.trafficlab.TutorialServer", "--lint",
                "--tutorial.content-dir=" + dir).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = process.inputReader().lines().toList();
        return new Run(process.waitFor(), lines);
    }

    private String path(String place) {
        return dir + "/" + place;
    }

    private void course(String id, String check, String words, String manifest) throws IOException {
        file("content/" + id + "/course.yaml", """
                                               title: Shop
                                               summary: Open it.
                                               steps: [open]
                                               """);
        file("content/" + id + "/welcome.md", "---\ntitle: Hello\n---\nWords.\n");
        file("content/" + id + "/finish.md", "---\ntitle: Bye\n---\nWords.\n");
        file("content/" + id + "/open.md", """
                                           ---
                                           title: Open it
                                           label: Shop
                                           minutes: 3
                                           applies: [shop.yaml]
                                           traffic: {path: /}
                                           checks:
                                             - %s
                                           ---
                                           Look.

                                           <!-- apply -->

                                           %s
                                           """.formatted(check, words));
        file("manifests/" + id + "/shop.yaml", manifest);
    }

    private void file(String path, String text) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

package dev.trafficlab.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import dev.trafficlab.TutorialServer;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lint.CourseLint;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/** A second course, written by the words of content/README.md into a folder of its own. */
class SecondCourseTests {

    private static final String PROSE = """
                                        ---
                                        title: %s
                                        ---
                                        Some words.
                                        """;

    private static final String STEP = "/courses/mirror-mirror/steps/hall";

    @TempDir
    Path dir;

    @Test
    void aCourseOfAFolderStartsReloadsAndIsWalked(@TempDir Path data) throws IOException {
        write();
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(TutorialServer.class).run(
                "--server.port=0", "--tutorial.data-dir=" + data, "--tutorial.pod-phase=0s",
                "--tutorial.limits.enabled=false", "--tutorial.content-dir=" + dir)) {
            Courses courses = server.getBean(Courses.class);
            assertThat(courses.all()).extracting(Course::id).containsSubsequence("traffic-weighting", "mirror-mirror");
            walk(server.getBean(Labs.class), server.getBean(Traffic.class));
            reload(courses, new Pages(server.getEnvironment().getRequiredProperty("local.server.port")));
        }
    }

    private static void walk(Labs labs, Traffic traffic) {
        String lab = labs.create("mirror-mirror").lab().id();
        assertThat(labs.check(lab, "hall").passed()).isFalse();
        assertThat(labs.apply(lab, "hall")).isInstanceOf(ApplyOutcome.Applied.class);
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(labs.check(lab, "hall").checks()).allMatch(
                        CheckOutcome.Result::passed));
        traffic.deleteLogs(lab);
        traffic.send(lab, new LoadSpec(40, "/", 4, Map.of(), LoadSpec.From.OUTSIDE));
        assertThat(traffic.split(lab).counts()).containsOnlyKeys("silver").containsEntry("silver", 40L);
    }

    private void reload(Courses courses, Pages pages) throws IOException {
        assertThat(pages.get("/")).contains("Who is the fairest?");
        assertThat(pages.get("/courses/mirror-mirror/steps/welcome")).contains("Hello");
        assertThat(pages.get(STEP)).contains("Hang it up");
        assertThat(pages.get("/courses/mirror-mirror/steps/finish")).contains("Bye");

        Path step = dir.resolve("content/mirror-mirror/hall.md");
        Files.writeString(step, Files.readString(step).replace("Hang it up", "Hang it higher"));
        Awaitility.await().untilAsserted(() -> assertThat(pages.get(STEP)).contains("Hang it higher"));

        Path yaml = dir.resolve("content/mirror-mirror/course.yaml");
        String good = Files.readString(yaml);
        Files.writeString(yaml, good.replace("title: Mirror", "title: Mirror on the wall"));
        Awaitility.await().untilAsserted(() -> assertThat(title(courses)).isEqualTo("Mirror on the wall"));

        Files.writeString(yaml, good.replace("level: beginner", "level: genius"));
        Awaitility.await().untilAsserted(() -> assertThat(courses.problems()).isNotEmpty());
        assertThat(title(courses)).as("the last good edition").isEqualTo("Mirror on the wall");
        assertThat(courses.problems().getFirst().toString()).contains("course.yaml:3: there is no level 'genius'");
        assertThat(pages.get("/")).contains("Mirror on the wall", "course.yaml:3", "there is no level");
        assertThat(pages.get(STEP)).as("the last good edition").contains("Hang it higher");
        assertThat(CourseLint.problems("--tutorial.content-dir=" + dir)).singleElement()
                .asString()
                .endsWith("course.yaml:3: there is no level 'genius'; write one of beginner, intermediate, advanced");

        Files.writeString(yaml, good);
        Awaitility.await().untilAsserted(() -> assertThat(courses.problems()).isEmpty());
        assertThat(CourseLint.problems("--tutorial.content-dir=" + dir)).isEmpty();
    }

    /** The server's pages, as anybody reads them. */
    private record Pages(String port) {

        String get(String path) {
            return Objects.requireNonNull(RestClient.create("http://localhost:" + port)
                    .get()
                    .uri(path)
                    .retrieve()
                    .body(String.class));
        }
    }

    private static String title(Courses courses) {
        return courses.find("mirror-mirror").orElseThrow().title();
    }

    private void write() throws IOException {
        file("content/mirror-mirror/course.yaml", """
                                                  title: Mirror
                                                  summary: Who is the fairest?
                                                  level: beginner
                                                  order: 2
                                                  experiment:
                                                    subject: {app: glass, label: kind}
                                                    versions: {silver: {color: grey, shape: diamond}}
                                                    links: [/]
                                                  steps: [hall]
                                                  """);
        file("content/mirror-mirror/welcome.md", PROSE.formatted("Hello"));
        file("content/mirror-mirror/finish.md", PROSE.formatted("Bye"));
        file("content/mirror-mirror/hall.md",
                """
                ---
                title: Hang it up
                label: Hall
                minutes: 3
                applies: [glass.yaml]
                traffic: {path: /}
                checks:
                  - {check: pods-ready, name: It hangs, hint: Apply., deployments: 1}
                  - {check: answers, name: It answers, hint: Apply., path: /, status: 200, version: silver, body: pod}
                  - {check: not-exists, name: No subsets, hint: Delete it., kind: DestinationRule, objects: [glass]}
                ---
                Look.

                <!-- apply -->

                ## What just happened

                [Up](#what-just-happened).
                """);
        file("manifests/mirror-mirror/glass.yaml",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: glass}
                spec: {selector: {app: glass}, ports: [{name: http, port: 80, targetPort: 3000}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: glass}
                spec:
                  selector: {matchLabels: {app: glass}}
                  template:
                    metadata: {labels: {app: glass, kind: silver}}
                    spec: {containers: [{name: glass, image: "traffic-lab/echo:1", ports: [{containerPort: 3000}]}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: hall}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: glass}
                spec:
                  hosts: ["*"]
                  gateways: [hall]
                  http: [{route: [{destination: {host: glass}}]}]
                """);
    }

    private void file(String path, String text) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}

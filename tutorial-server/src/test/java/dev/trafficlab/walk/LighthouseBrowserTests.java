package dev.trafficlab.walk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Google's Lighthouse finds on the landing page and the workbench. Its reports are kept in {@code
 * target/lighthouse}, the score for speed among them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LighthouseBrowserTests {

    private static final Path REPORTS = Path.of("target", "lighthouse");
    private static final Map<String, Integer> FULL_MARKS = Map.of("accessibility", 100, "best-practices", 100, "seo",
            100);

    @TempDir
    static Path data;

    private final Labs labs;

    @LocalServerPort
    private int port;

    LighthouseBrowserTests(Labs labs) {
        this.labs = labs;
    }

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> data.toString());
    }

    @Test
    void landingPageIsAccessibleFindableAndUpToDate() throws Exception {
        assertThat(audit("landing", "/", List.of())).containsAllEntriesOf(FULL_MARKS);
    }

    @Test
    void workbenchIsAccessibleFindableAndUpToDate() throws Exception {
        NewLab made = labs.create("traffic-weighting");
        labs.apply(made.lab().id(), "services");
        await().atMost(Duration.ofMinutes(1)).until(() -> labs.check(made.lab().id(), "services").passed());
        Cookie key = new Cookie(made.lab().id(), made.token()).setUrl("http://localhost:" + port);
        assertThat(audit("workbench", "/labs/" + made.lab().id() + "/steps/services", List.of(key)))
                .containsAllEntriesOf(
                        FULL_MARKS);
    }

    /**
     * The scores of the four categories, of 100, as a desktop browser with these cookies gets the page. How fast the page seems depends
     * on what else the machine does, so that score is written down and not judged.
     */
    private Map<String, Integer> audit(String name, String path, List<Cookie> cookies) throws Exception {
        Files.createDirectories(REPORTS);
        Path report = REPORTS.resolve(name).toAbsolutePath();
        try (DebuggedChromium browser = DebuggedChromium.start(data.resolve(name))) {
            browser.addCookies(cookies);
            Process lighthouse = new ProcessBuilder("node", command(), "http://localhost:" + port + path, "--quiet",
                    "--preset=desktop", "--output=json", "--output=html", "--output-path=" + report, "--port="
                            + browser.port(), "--disable-storage-reset", "--max-wait-for-load=120000")
                    .redirectErrorStream(true)
                    .redirectOutput(REPORTS.resolve(name + ".log").toFile())
                    .start();
            assertThat(lighthouse.waitFor()).as("see target/lighthouse/%s.log", name).isZero();
        }
        Map<String, Integer> scores = scores(Path.of(report + ".report.json"));
        Files.writeString(REPORTS.resolve(name + "-scores.txt"), scores + "\n");
        return scores;
    }

    private static Map<String, Integer> scores(Path report) throws IOException {
        JsonNode found = JsonMapper.shared().readTree(Files.readString(report));
        assertThat(found.path("runtimeError").path("message").asString("")).isEmpty();
        Map<String, Integer> scores = new TreeMap<>();
        found.path("categories")
                .properties()
                .forEach(category -> scores.put(category.getKey(), (int) Math.round(100
                        * category.getValue().path("score").asDouble(0))));
        return scores;
    }

    private static String command() throws IOException, InterruptedException {
        Process script = new ProcessBuilder(List.of("bash", Path.of("..", ".ci", "lighthouse").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(script.waitFor()).as(".ci/lighthouse fetches Lighthouse from npm").isZero();
        return path;
    }
}

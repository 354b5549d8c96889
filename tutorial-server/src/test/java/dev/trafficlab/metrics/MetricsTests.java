package dev.trafficlab.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "management.server.port=0")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@ExtendWith(OutputCaptureExtension.class)
class MetricsTests {

    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z_]+)(?:\\{[^`]*})?` \\|", Pattern.MULTILINE);

    @TempDir
    static Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Labs labs;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int management;

    MetricsTests(Labs labs) {
        this.labs = labs;
    }

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> data.toString());
    }

    @Test
    void aScrapeTellsWhatLearnersDid() throws Exception {
        learn();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape()).containsPattern("(?m)^trafficlab_labs [1-9]"));
        assertThat(scrape()).containsPattern("(?m)^trafficlab_starts_total\\{outcome=\"started\"} [1-9]")
                .containsPattern("(?m)^trafficlab_applies_total\\{outcome=\"applied\"} [1-9]")
                .containsPattern("(?m)^trafficlab_checks_total\\{outcome=\"failed\",step=\"gateway\"} [1-9]")
                .containsPattern("(?m)^trafficlab_gateway_requests_total\\{status=\"refused\"} [1-9]")
                .containsPattern("(?m)^trafficlab_refusals_total\\{limit=\"new-labs\"} 0")
                .containsPattern("(?m)^trafficlab_sockets 0");
    }

    @Test
    void everyFigureOfTheDocumentationIsServed() throws Exception {
        learn();
        System.gc();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(scrape()).contains("jvm_gc_pause_seconds_max"));
        String page = Files.readString(Path.of("docs", "operation.md"));
        String scrape = scrape();
        assertThat(LISTED.matcher(page).results().map(row -> row.group(1)).toList()).hasSizeGreaterThanOrEqualTo(12)
                .filteredOn(name -> !Pattern.compile("(?m)^" + name + "[{ ]").matcher(scrape).find())
                .as("documented and not served")
                .isEmpty();
    }

    @Test
    void metricsAreNotAtThePortOfThePages() throws Exception {
        assertThat(get(port, "/actuator/prometheus").statusCode()).isEqualTo(404);
        assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(port, "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void linesOfTheLogTellLabStepAndWhoActed(CapturedOutput output) throws Exception {
        NewLab lab = labs.create("traffic-weighting");
        String path = "/api/v1/labs/" + lab.lab().id() + "/reset";
        HttpRequest reset = request(port, path).POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + lab.token())
                .build();
        assertThat(client.send(reset, HttpResponse.BodyHandlers.ofString()).statusCode()).isLessThan(300);
        assertThat(output.getOut()).contains("lab reset namespace=" + lab.lab().id() + " lab=" + lab.lab()
                .id() + " who=learner\n");
    }

    private void learn() throws IOException, InterruptedException {
        NewLab lab = labs.create("traffic-weighting");
        labs.applyManifest(lab.lab().id(), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        labs.check(lab.lab().id(), "gateway");
        get(port, "/gateway/" + lab.lab().id() + "/colors");
        get(port, "/");
    }

    private String scrape() throws IOException, InterruptedException {
        HttpResponse<String> answer = get(management, "/actuator/prometheus");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(int at, String path) throws IOException, InterruptedException {
        return client.send(request(at, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int at, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + at + path));
    }
}

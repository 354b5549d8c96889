package dev.trafficlab.kubectl;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Puts several real kubectls through the same long list of commands; the table of results is {@code target/kubectl-report.md}. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "tutorial.limits.enabled=false")
class KubectlTests {

    private static final KubectlReport REPORT = new KubectlReport();
    private static final Path MANIFESTS = Path.of("..", "manifests", "traffic-weighting");

    @TempDir
    static Path temporary;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> temporary.resolve("data").toString());
    }

    @AfterAll
    static void report() throws IOException {
        REPORT.write(Path.of("target", "kubectl-report.md"));
    }

    @TestFactory
    Stream<DynamicNode> everyKubectlIsContent() {
        KubectlCommand.Suite suite = KubectlCommand.suite();
        return Kubectl.executables()
                .stream()
                .map(executable -> DynamicContainer.dynamicContainer(executable.toString(),
                        tests(kubectl(executable, suite.files()), suite.commands())));
    }

    private Stream<DynamicTest> tests(Kubectl kubectl, List<KubectlCommand> commands) {
        int minor = kubectl.minorVersion();
        return commands.stream()
                .filter(command -> command.since() <= minor)
                .map(command -> DynamicTest.dynamicTest("kubectl " + command.run(), () -> run(kubectl, command)));
    }

    private static void run(Kubectl kubectl, KubectlCommand command) throws IOException, InterruptedException {
        Kubectl.Result result = kubectl.run(command);
        boolean passed = false;
        try {
            command.says().forEach(pattern -> assertThat(result.output()).containsPattern(pattern(kubectl, pattern)));
            command.hides()
                    .forEach(pattern -> assertThat(result.output()).doesNotContainPattern(pattern(kubectl,
                            pattern)));
            command.exit().ifPresent(exit -> assertThat(result.exit()).as(result.output()).isEqualTo(exit));
            passed = true;
        } finally {
            REPORT.add(kubectl.executable(), command, result, passed);
        }
    }

    private static Pattern pattern(Kubectl kubectl, String regex) {
        return Pattern.compile(KubectlCommand.inLab(regex, kubectl.lab()), Pattern.MULTILINE);
    }

    /** A lab of its own, and a folder with its kubeconfig and every file of the suite. */
    private Kubectl kubectl(Path executable, Map<String, String> files) {
        try {
            JsonNode lab = JsonMapper.shared()
                    .readTree(call(HttpRequest.newBuilder(address("/api/v1/labs"))
                            .POST(HttpRequest.BodyPublishers.noBody())));
            String id = lab.path("id").asString();
            Path folder = Files.createDirectories(temporary.resolve(executable.getFileName() + "-" + id));
            Files.writeString(folder.resolve("kubeconfig"), call(HttpRequest
                    .newBuilder(address("/api/v1/labs/" + id + "/kubeconfig"))
                    .header("Authorization", "Bearer " + lab.path("token").asString())));
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.writeString(target, file.getValue());
            }
            try (Stream<Path> manifests = Files.list(MANIFESTS)) {
                for (Path manifest : manifests.toList()) {
                    Files.copy(manifest, folder.resolve(manifest.getFileName()));
                }
            }
            return new Kubectl(executable, folder, id);
        } catch (IOException failed) {
            throw new IllegalStateException("No lab for " + executable, failed);
        }
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String call(HttpRequest.Builder request) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return response.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}

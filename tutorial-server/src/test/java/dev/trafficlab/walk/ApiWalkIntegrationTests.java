package dev.trafficlab.walk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

import dev.trafficlab.walk.ApiClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The course from the first step to the last through the JSON API alone, over HTTP on the real server. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"tutorial.pod-phase=20ms",
    "tutorial.instructor-password=correct horse"})
@Import(SeededDice.class)
class ApiWalkIntegrationTests {

    private static final List<String> STEPS = List.of("services", "inject", "gateway", "virtual-service",
            "destination-rules", "sticky", "shares-that-stick");

    @TempDir
    static Path data;

    @LocalServerPort
    private int port;

    private ApiClient learner;
    private String lab = "";
    private String gateway = "";

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> data.toString());
    }

    @BeforeEach
    void makeLab() {
        learner = new ApiClient(port);
        Answer made = learner.post("/api/v1/labs");
        assertThat(made.status()).isEqualTo(201);
        lab = made.header("location");
        gateway = made.json().get("gatewayPath").asString();
        learner.useToken(made.json().get("token").asString());
    }

    @AfterEach
    void close() {
        learner.close();
    }

    @Test
    void aProgramWalksTheWholeCourse() {
        assertThat(stepsThatAre("applied")).isEmpty();

        applyAndPass("services", 11);
        assertThat(traffic(300, "/", 3, "inside").get("byStatus").get("200").asInt()).isEqualTo(300);
        assertThat(percentages()).containsOnlyKeys("v1", "v2", "v3")
                .allSatisfy((version, percent) -> assertThat(percent).isCloseTo(33.3, Offset.offset(10.0)));

        applyAndPass("inject", 6);
        assertThat(learner.get(gateway + "/colors").status()).isEqualTo(502);
        assertThat(learner.get(gateway + "/colors").json().get("detail").asString()).contains("connection refused");
        assertThat(trace("/colors").get("answer").has("refused")).isTrue();

        applyAndPass("gateway", 1);
        assertThat(learner.get(gateway + "/colors").status()).isEqualTo(404);
        assertThat(trace("/colors").get("answer").get("flags").toString()).contains("NR");

        virtualService();
        destinationRules();
        sticky();
        applyAndPass("shares-that-stick", 2);
        assertThat(learner.get(gateway + "/colors").header("set-cookie")).startsWith("group=v");

        assertThat(stepsThatAre("applied")).isEqualTo(STEPS);
        assertThat(stepsThatAre("checked")).isEqualTo(STEPS);
        resetMakesTheLabAsNew();
    }

    @Test
    void whatIsWrongIsRefusedAndNothingOfItApplied() {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: good}\nspec: {ports: [{name: http, port: 80}]}\n---\n";

        assertRejected(service + "kind: [", "line");
        assertRejected(service + "apiVersion: v1\nkind: Gadget\nmetadata: {name: x}\n", "Gadget");
        assertRejected(service + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: kube-system}\n",
                "namespace");
        assertRejected(service + "apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {prots: []}\n",
                "spec.prots");

        Answer alone = learner.putYaml(lab + "/manifests", service);
        assertThat(alone.json().get("objects").get(0).get("result").asString()).isEqualTo("created");
    }

    @Test
    void instructorSeesAndResetsEveryLab() {
        applyAndPass("services", 11);
        try (ApiClient instructor = new ApiClient(port)) {
            assertThat(instructor.get("/api/v1/instructor/labs").status()).isEqualTo(401);
            instructor.usePassword("correct horse");
            String id = lab.substring(lab.lastIndexOf('/') + 1);

            assertThat(instructor.get("/api/v1/instructor/labs").text()).contains(id);
            assertThat(instructor.post("/api/v1/instructor/labs/" + id + "/reset").status()).isEqualTo(200);
            assertThat(stepsThatAre("applied")).isEmpty();
            assertThat(instructor.post("/api/v1/instructor/labs/lab-zzzzzzzzzz/reset").status()).isEqualTo(404);
            assertThat(instructor.post("/api/v1/instructor/reset").status()).isEqualTo(200);
        }
    }

    @Test
    void kubeconfigOpensTheLabToAnyKubernetesClient() {
        Answer file = learner.get(lab + "/kubeconfig");

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("content-type")).startsWith("application/yaml");
        assertThat(file.text()).contains("server: ", "http://127.0.0.1:" + port + "/kubernetes");
    }

    private void virtualService() {
        apply("virtual-service", 1);
        Answer colors = learner.get(gateway + "/colors");
        assertThat(colors.status()).isEqualTo(200);
        assertThat(colors.header("server")).isEqualTo("istio-envoy");
        assertThat(colors.header("content-security-policy")).startsWith("sandbox");
        assertThat(learner.get(gateway).text()).contains("Color Ranks");

        deleteLogs();
        traffic(300, "/colors", 10, "outside");
        assertThat(split().get("total").asInt()).isEqualTo(300);
        assertThat(percentages()).containsOnlyKeys("v1", "v2", "v3")
                .allSatisfy((version, percent) -> assertThat(percent).isCloseTo(33.3, Offset.offset(8.0)));
        assertThat(split().get("fits").isNull()).isTrue();
        pass("virtual-service");
    }

    private void destinationRules() {
        apply("destination-rules", 2);
        deleteLogs();
        traffic(1000, "/colors", 10, "outside");

        assertThat(split().get("total").asInt()).isEqualTo(1000);
        Map<String, Double> percentages = percentages();
        assertThat(percentages.get("v1")).isCloseTo(10, Offset.offset(5.0));
        assertThat(percentages.get("v2")).isCloseTo(30, Offset.offset(5.0));
        assertThat(percentages.get("v3")).isCloseTo(60, Offset.offset(5.0));
        assertThat(split().get("colors").findValuesAsString("weight")).containsExactly("10", "30", "60");
        assertThat(split().get("fits").asBoolean()).isTrue();
        assertThat(trace("/colors").get("stages").findValuesAsString("name")).contains("weights");
        pass("destination-rules");
    }

    private void sticky() {
        apply("sticky", 2);
        deleteLogs();
        assertThat(traffic(100, "/colors", 1, "outside").get("byVersion").size()).isEqualTo(1);
        assertThat(percentages().values()).containsOnlyOnce(100.0);
        assertThat(traffic(100, "/colors", 100, "outside").get("byVersion").size()).isGreaterThan(1);
        pass("sticky");
    }

    private void resetMakesTheLabAsNew() {
        assertThat(learner.post(lab + "/reset").status()).isEqualTo(200);

        assertThat(stepsThatAre("applied")).isEmpty();
        assertThat(split().get("total").asInt()).isZero();
        assertThat(learner.get(gateway + "/colors").status()).isEqualTo(502);
    }

    private void applyAndPass(String step, int objects) {
        apply(step, objects);
        pass(step);
    }

    private void apply(String step, int objects) {
        Answer applied = learner.post(lab + "/steps/" + step + "/apply");

        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        assertThat(applied.json().get("objects").size()).as(applied.text()).isEqualTo(objects);
    }

    private void pass(String step) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            Answer checked = learner.post(lab + "/steps/" + step + "/check");
            assertThat(checked.json().get("passed").asBoolean()).as(checked.text()).isTrue();
        });
    }

    private JsonNode traffic(int requests, String path, int clients, String from) {
        Answer report = learner.post(lab + "/traffic",
                "{\"requests\": %d, \"path\": \"%s\", \"clients\": %d, \"from\": \"%s\"}"
                        .formatted(requests, path, clients, from));
        assertThat(report.json().get("sent").asInt()).as(report.text()).isEqualTo(requests);
        return report.json();
    }

    private JsonNode trace(String path) {
        JsonNode trace = learner.get(lab + "/trace?path=" + path).json();
        assertThat(trace.get("stages").isEmpty()).isFalse();
        return trace;
    }

    private JsonNode split() {
        return learner.get(lab + "/split").json();
    }

    private Map<String, Double> percentages() {
        Map<String, Double> percentages = new TreeMap<>();
        split().get("colors")
                .forEach(color -> percentages.put(color.get("version").asString(), color.get("percent")
                        .asDouble()));
        return percentages;
    }

    private void deleteLogs() {
        assertThat(learner.delete(lab + "/split").status()).isEqualTo(204);
        assertThat(split().get("total").asInt()).isZero();
    }

    private List<String> stepsThatAre(String state) {
        JsonNode steps = learner.get(lab).json().get("steps");
        return steps.valueStream()
                .filter(step -> step.get(state).asBoolean())
                .map(step -> step.get("id").asString())
                .toList();
    }

    private void assertRejected(String yaml, String named) {
        Answer refused = learner.putYaml(lab + "/manifests", yaml);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.json().get("detail").asString()).contains(named);
        assertThat(refused.json().get("problems").isEmpty()).isFalse();
    }
}

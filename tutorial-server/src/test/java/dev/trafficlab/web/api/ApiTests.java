package dev.trafficlab.web.api;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.util.Map;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.web.testing.ApiServer;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.FakeTraffic;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ApiServer.class, properties = {"tutorial.instructor-password=correct horse",
    "tutorial.limits.enabled=false"})
@AutoConfigureMockMvc
class ApiTests {

    private static final String LAB = "/api/v1/labs/" + FakeLabs.LAB;
    private static final String BEARER = "Bearer " + FakeLabs.TOKEN;

    private final MockMvcTester mvc;
    private final FakeLabs labs;
    private final FakeTraffic traffic;

    @Autowired
    ApiTests(MockMvcTester mvc, FakeLabs labs, FakeTraffic traffic) {
        this.mvc = mvc;
        this.labs = labs;
        this.traffic = traffic;
    }

    @BeforeEach
    void asNew() {
        labs.reset(FakeLabs.LAB);
        traffic.deleteLogs(FakeLabs.LAB);
    }

    @Test
    void newLabComesWithItsTokenAndSteps() throws UnsupportedEncodingException {
        MvcTestResult answer = mvc.post().uri("/api/v1/labs").exchange();

        assertThat(answer).hasStatus(201)
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"steps": [{"id": "services", "number": 1, "applied": false, "checked": false}, {"id": "gateway"}]}""");
        JsonNode made = JsonMapper.shared().readTree(answer.getResponse().getContentAsString());
        String id = made.get("id").asString();
        assertThat(labs.find(id)).isPresent();
        assertThat(labs.opens(id, made.get("token").asString())).isTrue();
        assertThat(made.get("namespace").asString()).isEqualTo(id);
        assertThat(made.get("gatewayPath").asString()).isEqualTo("/gateway/" + id);
        assertThat(answer).headers().hasValue("Location", "/api/v1/labs/" + id);
    }

    @Test
    void labOfAnUnknownCourseIsAProblem() {
        assertProblem(mvc.post()
                .uri("/api/v1/labs")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"course\": \"x\"}")
                .exchange(), 404);
    }

    @Test
    @DirtiesContext
    void fullServerSaysWhenToComeBack() {
        labs.fill();
        MvcTestResult answer = mvc.post().uri("/api/v1/labs").exchange();

        assertProblem(answer, 503);
        assertThat(answer).headers().containsHeader("Retry-After");
    }

    @Test
    void progressTellsEachStep() {
        post("/steps/services/apply", "");

        MvcTestResult answer = get("");
        assertThat(answer).hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"id": "lab-abcdefghij", "steps": [{"id": "services", "applied": true, "appliedAt": "2030-01-01T12:00:00Z",
                         "checked": false}, {"id": "gateway", "applied": false}]}""");
        assertThat(answer).bodyJson().doesNotHavePath("$.token");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", value = {"none,401", "Bearer lab-abcdefghij.wrong,401", "Bearer nonsense,401",
        "Basic eDp5,401"})
    void labOpensToItsLearnerAlone(String authorization, int status) {
        var request = mvc.get().uri(LAB);
        MvcTestResult answer = (authorization == null ? request : request.header("Authorization", authorization))
                .exchange();

        assertProblem(answer, status);
        assertThat(answer.getResponse().getHeader("WWW-Authenticate") != null).isEqualTo(status == 401);
    }

    @Test
    void secretOfAnotherLabDoesNotOpenIt() {
        String other = labs.create("traffic-weighting").token();

        assertProblem(mvc.get().uri(LAB).header("Authorization", "Bearer " + other).exchange(), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET ", "GET /split", "GET /trace", "GET /kubeconfig", "POST /steps/services/apply",
        "POST /steps/services/check",
        "POST /traffic", "PUT /manifests", "DELETE /split", "POST /reset"})
    void everyCallAsksForTheSecret(String call) {
        String[] parts = call.split(" ", -1);
        assertProblem(mvc.method(HttpMethod.valueOf(parts[0]))
                .uri(LAB + parts[1])
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}")
                .header("Authorization", "Bearer lab-abcdefghij.wrong")
                .exchange(), 401);
    }

    @Test
    void labThatIsNoMoreIsNotFound() {
        assertProblem(mvc.get()
                .uri("/api/v1/labs/lab-zzzzzzzzzz")
                .header("Authorization",
                        "Bearer lab-zzzzzzzzzz.secret")
                .exchange(), 404);
    }

    @Test
    void cookieOpensTheLabToo() {
        assertThat(mvc.get().uri(LAB).cookie(new Cookie(FakeLabs.LAB, FakeLabs.TOKEN)).exchange())
                .hasStatusOk();
    }

    @Test
    void applyTellsEachObjectsResult() {
        assertThat(post("/steps/services/apply", "")).hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                        {"objects": [{"kind": "Service", "name": "colors", "result": "created"},
                         {"kind": "Deployment", "name": "colors-v1", "result": "restarted"}], "findings": []}""");
    }

    @Test
    void whatTheAnalysisFindsIsToldByItsCode() {
        assertThat(put("fine", "application/yaml")).hasStatusOk()
                .bodyJson()
                .extractingPath("$.findings[0]")
                .asMap()
                .containsEntry("code", "IST0101")
                .containsEntry("level", "error")
                .containsEntry("kind", "VirtualService")
                .containsEntry("name", "colors")
                .hasEntrySatisfying("message", message -> assertThat(String.valueOf(message)).contains("colorz"));
    }

    @Test
    void checkTellsEachFinding() {
        assertThat(post("/steps/services/check", "")).hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.passed",
                        passed -> passed.assertThat().isEqualTo(false))
                .extractingPath("$.checks[0]")
                .asMap()
                .containsOnlyKeys("name", "passed", "reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/yaml", "application/x-yaml", "text/yaml", "text/plain",
        "application/octet-stream",
        "application/json"})
    void manifestsAreTakenAsYaml(String type) {
        assertThat(put("kind: Service", type)).hasStatusOk().bodyJson().hasPath("$.objects[0].result");
    }

    @Test
    void rejectedManifestNamesObjectAndReason() {
        MvcTestResult answer = put("broken", "application/yaml");

        assertProblem(answer, 422);
        assertThat(answer).bodyJson().extractingPath("$.problems[0]").asMap().containsOnlyKeys("object", "message");
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().isNotBlank();
    }

    @Test
    void manifestOfAnotherTypeIsRefused() {
        assertProblem(put("kind=Service", "application/x-www-form-urlencoded"), 415);
    }

    @Test
    void tooLargeABodyIsRefused() {
        assertProblem(put("x".repeat(256 * 1024 + 1), "application/yaml"), 413);
    }

    @Test
    void trafficReportsWhatBecameOfIt() {
        assertThat(post("/traffic",
                "{\"requests\": 10, \"path\": \"/colors\", \"clients\": 2, \"from\": \"inside\", \"headers\": {\"x-a\": \"b\"}}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("{\"sent\": 10, \"byStatus\": {\"200\": 10}, \"byVersion\": {\"v3\": 10}}");
    }

    @Test
    void oneRequestIsSentUnlessMoreAreAskedFor() {
        assertThat(post("/traffic", "{}")).hasStatusOk().bodyJson().extractingPath("$.sent").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"requests\": 0}|requests", "{\"requests\": 10001}|requests",
        "{\"clients\": 0}|clients",
        "{\"path\": \"colors\"}|path", "{\"path\": \"/a b\"}|path", "{\"headers\": {\"a b\": \"c\"}}|headers",
        "{\"headers\": {\"a\": \"b\\r\\nc: d\"}}|headers"})
    void trafficOutOfBoundsNamesTheField(String body, String field) {
        MvcTestResult answer = post("/traffic", body);

        assertProblem(answer, 400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").asString().startsWith(field);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"from\": \"above\"}", "{\"requests\": \"many\"}", ""})
    void unreadableBodyIsAProblem(String body) {
        assertProblem(post("/traffic", body), 400);
    }

    @Test
    void splitHasAShareAColor() {
        post("/traffic", "{\"requests\": 100}");

        assertThat(get("/split")).hasStatusOk()
                .bodyJson()
                .hasPathSatisfying("$.total", total -> total.assertThat()
                        .isEqualTo(100))
                .hasPathSatisfying("$.fits", fits -> fits.assertThat().isEqualTo(true))
                .extractingPath("$.colors[0]")
                .asMap()
                .containsOnlyKeys("color", "version", "count", "percent", "low", "high", "weight")
                .containsAllEntriesOf(Map.of("color", "crimson", "version", "v1", "count", 10, "percent", 10.0,
                        "weight", 10));
    }

    @Test
    void withoutCountsThereIsNoJudgement() {
        assertThat(get("/split")).bodyJson().extractingPath("$.fits").isNull();
    }

    @Test
    void deletingTheSplitLeavesNothingCounted() {
        post("/traffic", "{\"requests\": 10}");
        assertThat(mvc.delete().uri(LAB + "/split").header("Authorization", BEARER).exchange()).hasStatus(204);

        assertThat(get("/split")).bodyJson().extractingPath("$.total").isEqualTo(0);
    }

    @Test
    void traceHasTheAnswerAndItsStages() {
        assertThat(get("/trace?path=/colors")).hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"answer": {"status": 200, "version": "v3", "pod": "colors-v3-1", "flags": []},
                         "stages": [{"name": "listener", "outcome": "passed"}, {"name": "weights", "facts": {"roll": "73"}}]}""");
    }

    @ParameterizedTest
    @CsvSource({"path,colors", "path,/a b", "path,/a#b", "from,above"})
    void traceOfNoPathIsAProblem(String parameter, String value) {
        assertProblem(mvc.get().uri(LAB + "/trace").param(parameter, value).header("Authorization", BEARER).exchange(),
                400);
    }

    @Test
    void kubeconfigIsAFile() {
        MvcTestResult answer = get("/kubeconfig");

        assertThat(answer).hasStatusOk().hasContentTypeCompatibleWith("application/yaml");
        assertThat(answer).headers()
                .hasValue("Content-Disposition",
                        "attachment; filename=\"kubeconfig-lab-abcdefghij.yaml\"");
        assertThat(answer).bodyText().contains("kind: Config");
    }

    @Test
    void resetAnswersTheLabAsNew() {
        post("/steps/services/apply", "");

        assertThat(post("/reset", "")).hasStatusOk()
                .bodyJson()
                .extractingPath("$.steps[*].applied")
                .asArray()
                .containsOnly(false);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/nothing,404", "POST,/api/nothing,404", "DELETE,/api/v1/labs,405",
        "PUT,/api/v1/labs/x/split,405"})
    void whatIsNotThereIsAProblem(String method, String path, int status) {
        assertProblem(mvc.method(HttpMethod.valueOf(method)).uri(path).exchange(), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api//v1/labs", "/api/v1/labs;x=1", "/api/v1/%2e%2e/x"})
    void strangePathIsAProblemToo(String path) {
        assertProblem(mvc.get().uri(URI.create(path)).exchange(), 400);
    }

    @Test
    void wrongMethodSaysWhichAreRight() {
        assertThat(mvc.delete().uri("/api/v1/labs").exchange()).headers().hasValue("Allow", "POST");
    }

    @Test
    void apiDescribesItself() {
        MvcTestResult answer = mvc.get().uri("/api/v1/openapi").exchange();

        assertThat(answer).hasStatusOk()
                .bodyJson()
                .extractingPath("$.paths")
                .asMap()
                .containsKeys("/api/v1/labs",
                        "/api/v1/labs/{lab}",
                        "/api/v1/labs/{lab}/steps/{step}/apply", "/api/v1/labs/{lab}/manifests",
                        "/api/v1/labs/{lab}/traffic",
                        "/api/v1/labs/{lab}/split", "/api/v1/labs/{lab}/trace", "/api/v1/labs/{lab}/kubeconfig",
                        "/api/v1/labs/{lab}/reset");
        assertThat(answer).bodyJson()
                .extractingPath("$.paths['/api/v1/labs/{lab}/steps/{step}/apply'].post.parameters[*].name")
                .asArray()
                .containsExactly("step", "force", "lab");
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri(LAB + path).header("Authorization", BEARER).exchange();
    }

    private MvcTestResult post(String path, String json) {
        return mvc.post()
                .uri(LAB + path)
                .header("Authorization", BEARER)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .exchange();
    }

    private MvcTestResult put(String manifest, String type) {
        return mvc.put()
                .uri(LAB + "/manifests")
                .header("Authorization", BEARER)
                .contentType(MediaType.parseMediaType(type))
                .content(manifest)
                .exchange();
    }

    private static void assertProblem(MvcTestResult answer, int status) {
        assertThat(answer).hasStatus(status).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().extractingPath("$.status").isEqualTo(status);
        assertThat(answer).bodyJson().extractingPath("$.title").asString().isNotBlank();
    }
}

package dev.trafficlab.web.page;

import java.util.List;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.WebApplicationContext;

import dev.trafficlab.web.testing.FakeCourses;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.FakeTraffic;
import dev.trafficlab.web.testing.Fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/** What a learner's own lab shows and does, as a page and as a fragment. */
@PageSlice
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WorkbenchTests {

    private static final String STEP = PageSlice.LAB + "/steps/services";

    private final MockMvcTester mvc;
    private final FakeLabs labs;
    private final FakeTraffic traffic;

    WorkbenchTests(WebApplicationContext context, FakeLabs labs, FakeTraffic traffic) {
        this.mvc = Fakes.guarded(context);
        this.labs = labs;
        this.traffic = traffic;
    }

    @BeforeEach
    void startAnew() {
        labs.restart();
        traffic.forget(FakeLabs.LAB);
    }

    @Test
    void startLeadsThroughTheWelcomePageWithACookie() {
        assertThat(mvc.post().uri("/labs").param("course", FakeCourses.ID).with(csrf())).hasStatus(HttpStatus.SEE_OTHER)
                .hasHeader(HttpHeaders.LOCATION, "/labs/lab-cbbbbbbbbb/steps/welcome")
                .cookies()
                .hasValue("lab-cbbbbbbbbb", "lab-cbbbbbbbbb.secret")
                .isHttpOnly("lab-cbbbbbbbbb", true);
    }

    @Test
    void noMoreRoomIsAPageThatSaysSo() {
        labs.fill();
        assertThat(mvc.post().uri("/labs").param("course", FakeCourses.ID).with(csrf()))
                .hasStatus(HttpStatus.SERVICE_UNAVAILABLE)
                .containsHeader(HttpHeaders.RETRY_AFTER)
                .bodyText()
                .contains("All labs are taken right now.");
    }

    @Test
    void stepShowsCardsAndPanel() {
        assertThat(get(STEP)).hasStatusOk()
                .bodyText()
                .contains("Apply to my lab", "Check my lab", "ws-connect=\""
                        + PageSlice.LAB
                        + "/live\"", "No requests yet", "# services.yaml", "Open /colors", "/gateway/" + FakeLabs.LAB
                                + "/colors");
        assertThat(labs.find(FakeLabs.LAB).orElseThrow().current()).isEqualTo("services");
    }

    @Test
    void visitedStepIsWhereTheLabGoesOn() {
        assertThat(get(PageSlice.LAB + "/steps/gateway")).hasStatusOk();
        assertThat(get(PageSlice.LAB)).hasStatus(HttpStatus.SEE_OTHER)
                .hasHeader(HttpHeaders.LOCATION, PageSlice.LAB
                        + "/steps/gateway");
    }

    @Test
    void applyAnswersAFragmentToHtmx() {
        assertThat(post(STEP + "/apply").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Applied.",
                        "created",
                        "colors-v1", "restarted", "hx-swap-oob=\"true\"")
                .doesNotContain("<html");
    }

    @Test
    void applyAnswersAPageToABrowserWithoutScripts() {
        assertThat(post(STEP + "/apply")).hasStatusOk().bodyText().contains("<html", "Applied.", "restarted");
    }

    @Test
    void refusedEditTellsTheClustersReasonAndKeepsTheText() {
        assertThat(post(STEP + "/edit").param("yaml", "my broken text")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("unknown field &quot;&lt;broken&gt;&quot;", "Service colors",
                        ">my broken text</textarea>",
                        "<html");
        assertThat(post(STEP + "/edit").param("yaml", "my broken text").header("HX-Request", "true"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("unknown field")
                .doesNotContain("<html");
    }

    @Test
    void whatTheAnalysisFindsIsToldAtApplyAndCheck() {
        assertThat(post(STEP + "/edit").param("yaml", "fine").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("IST0101", "VirtualService colors", "It leads to the host colorz");
        assertThat(post(STEP + "/check").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("IST0101", "It leads to the host colorz");
    }

    @Test
    void checkTellsWhatIsMissingThenPasses() {
        assertThat(post(STEP + "/check").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Not quite yet.",
                        "There is no Service colors yet.")
                .doesNotContain("<html");
        labs.apply(FakeLabs.LAB, "services");
        assertThat(post(STEP + "/check")).hasStatusOk().bodyText().contains("All there.", "class=\"passed\"", "<html");
    }

    @Test
    void whatToDoIsReadBeforeTheCheckThatNeedsIt() {
        assertThat(get(STEP)).bodyText()
                .containsSubsequence("id=\"apply\"", "After services.", "id=\"check\"",
                        "id=\"your-turn\"");
    }

    @Test
    void exerciseIsToldCheckedAndSolvedOnItsPage() {
        assertThat(get(STEP)).bodyText()
                .contains("Your turn", "Find it out alone.", "Look closely.", "Apply this solution", STEP
                        + "/exercise#exercise-result");
        assertThat(post(STEP + "/exercise").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Solved.", "A Service is alone")
                .doesNotContain("<html");
        assertThat(post(STEP + "/exercise")).hasStatusOk().bodyText().contains("Solved.", "<html");
        assertThat(get("/courses/" + FakeCourses.ID + "/steps/services")).bodyText()
                .contains("Find it out alone.")
                .doesNotContain("/exercise");
    }

    @Test
    void finishPageSaysWhatIsMissingAndCongratulatesOnlyThen() {
        assertThat(get(PageSlice.LAB + "/steps/finish")).bodyText()
                .contains("steps to go</h1>", "href=\"" + STEP + "\"")
                .doesNotContain("share-text");
        for (String step : List.of("services", "gateway")) {
            labs.apply(FakeLabs.LAB, step);
            labs.check(FakeLabs.LAB, step);
        }
        assertThat(get(PageSlice.LAB + "/steps/finish")).bodyText()
                .contains("That was it</h1>", "share-text")
                .doesNotContain("steps to go");
    }

    @Test
    void progressComesAloneForATabThatWasAway() {
        labs.apply(FakeLabs.LAB, "services");
        assertThat(get(STEP + "/progress")).hasStatusOk()
                .bodyText()
                .contains("class=\"applied\"")
                .doesNotContain("<html");
    }

    @Test
    void generatorSendsAndTellsWhatBecameOfIt() {
        assertThat(order("/traffic").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Sent 100:",
                        "v3 × 100");
        assertThat(traffic.split(FakeLabs.LAB).total()).isEqualTo(100);
        assertThat(order("/logs/delete").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Counting starts anew");
        assertThat(traffic.split(FakeLabs.LAB).total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/traffic", "/traffic/start", "/traffic/stop", "/logs/delete"})
    void generatorLeadsBackToTheStepWithoutScripts(String path) {
        assertThat(order(path)).hasStatus(HttpStatus.SEE_OTHER).hasHeader(HttpHeaders.LOCATION, STEP + "#live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=colors", "requests=0", "requests=10001", "clients=no", "from=MOON", "rate=1000"})
    void badOrderIsANoticeOnThePage(String bad) {
        String[] parts = bad.split("=", 2);
        assertThat(mvc.perform(MockMvcRequestBuilders.post(PageSlice.LAB + "/traffic")
                .cookie(PageSlice.OWNER)
                .with(csrf())
                .queryParam(parts[0], parts[1])
                .header("HX-Request", "true")
                .params(without(parts[0])))).hasStatus(HttpStatus.BAD_REQUEST)
                .hasHeader("HX-Retarget", "#notice")
                .bodyText()
                .contains("Something in the form is not right.")
                .doesNotContain("<html");
        assertThat(traffic.split(FakeLabs.LAB).total()).isZero();
    }

    @Test
    void traceTellsEachStage() {
        String trace = PageSlice.LAB + "/trace?requests=1&clients=1&rate=1&from=OUTSIDE&path=/colors&step=services";
        assertThat(get(trace).header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("from v3, pod colors-v3-1",
                        "The dice fell on 73", "<dt>roll</dt>", "id=\"stages\" class=\"stages\" hx-swap-oob=\"true\"")
                .doesNotContain("<html");
        assertThat(get(trace)).hasStatusOk().bodyText().contains("The dice fell on 73", "<html", "Run the app");
    }

    @Test
    void eachOfTheLastRequestsTellsItsReasons() {
        order("/traffic").header("HX-Request", "true").exchange();
        assertThat(get(PageSlice.LAB + "/requests/7").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Request 7:", "The dice rolled 73.", "class=\"range tone-1\"", "workload/colors")
                .doesNotContain("<html");
        assertThat(get(PageSlice.LAB + "/requests/7")).hasStatusOk().bodyText().contains("Request 7:", "<html");
        assertThat(get(PageSlice.LAB + "/requests/4711").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("No reasons were kept for request 4,711.");
        assertThat(get(PageSlice.LAB + "/requests/seven")).hasStatus(HttpStatus.BAD_REQUEST);
    }

    @Test
    void drawingNamesKindAndStepOfWhatIsNotThere() {
        assertThat(get(STEP)).hasStatusOk()
                .bodyText()
                .contains("data-node=\"workload/colors-v3\"",
                        "gateway · step 2", "Gateway my-gateway: not there yet. Step 2, Gateway, makes it.",
                        PageSlice.LAB
                                + "/steps/gateway\"");
    }

    @Test
    void objectsAreATreeASheetAndALog() {
        assertThat(get(PageSlice.LAB + "/objects")).hasStatusOk()
                .bodyText()
                .contains("<html", "colors-v3",
                        PageSlice.LAB + "/objects/Pod/colors-v3-1");
        assertThat(get(PageSlice.LAB + "/objects").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("1/1 Running")
                .doesNotContain("<html");
        assertThat(get(PageSlice.LAB + "/objects/Pod/colors-v3-1")).hasStatusOk()
                .bodyText()
                .contains("<html",
                        "kind: Pod", "Started container colors", "/logs/colors");
        assertThat(get(PageSlice.LAB + "/objects/Pod/nobody").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("It is not there any more.");
        assertThat(get(PageSlice.LAB + "/objects/Pod/colors-v3-1/logs/colors").header("HX-Request", "true"))
                .hasStatusOk()
                .bodyText()
                .contains("listening on 3000 &lt;now&gt;")
                .doesNotContain("<html");
    }

    @Test
    void changesAreToldBeforeAndAfterApply() {
        assertThat(get(STEP + "/changes").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("Changes one object:", "weight: &lt;20&gt;", "class=\"added\"")
                .doesNotContain("<html");
        assertThat(post(STEP + "/apply").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("weight: &lt;20&gt;");
    }

    @Test
    void refusedDraftNamesItsLine() {
        assertThat(post(PageSlice.LAB + "/draft/changes").param("yaml", "broken")).hasStatusOk()
                .bodyText()
                .contains("data-line=\"2\"", "data-column=\"3\"", "Line 2", "unknown field &quot;&lt;broken&gt;&quot;");
    }

    @Test
    void fieldsAreToldAsJson() {
        assertThat(get(PageSlice.LAB
                + "/draft/fields?apiVersion=networking.istio.io/v1&kind=VirtualService&path=spec.http.route"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$[0].name")
                .isEqualTo("weight");
    }

    @Test
    void whoFailsTwiceMayBeShown() {
        assertThat(post(STEP + "/check").header("HX-Request", "true")).bodyText()
                .contains("name=\"failures\" form=\"check-form\" value=\"1\"")
                .doesNotContain("Show me");
        assertThat(post(STEP + "/check").param("failures", "1").header("HX-Request", "true")).bodyText()
                .contains("Show me");

        assertThat(post(STEP + "/show").header("HX-Request", "true")).hasStatusOk()
                .bodyText()
                .contains("All there.",
                        "Done for you", "A Service exists")
                .doesNotContain("Show me");
        assertThat(traffic.split(FakeLabs.LAB).total()).isEqualTo(400);
    }

    @Test
    void resetAsksFirst() {
        labs.apply(FakeLabs.LAB, "services");
        assertThat(get(PageSlice.LAB + "/reset")).hasStatusOk()
                .bodyText()
                .contains("Start over?", "action=\""
                        + PageSlice.LAB
                        + "/reset\"");
        assertThat(labs.find(FakeLabs.LAB).orElseThrow().progress()).isNotEmpty();
        assertThat(post(PageSlice.LAB + "/reset")).hasStatus(HttpStatus.SEE_OTHER);
        assertThat(labs.find(FakeLabs.LAB).orElseThrow().progress()).isEmpty();
    }

    @Test
    void kubectlPageHandsOutTheKubeconfig() {
        assertThat(get(PageSlice.LAB + "/kubectl")).hasStatusOk()
                .bodyText()
                .contains("/api/v1/labs/" + FakeLabs.LAB
                        + "/kubeconfig");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/steps/services", "/steps/services/progress", "/steps/services/changes", "/trace",
        "/requests/1", "/objects", "/objects/Pod/colors-v3-1", "/objects/Pod/colors-v3-1/logs/colors", "/draft/fields",
        "/reset", "/kubectl"})
    void nothingOfALabOpensWithoutItsCookie(String path) {
        assertThat(mvc.get().uri(PageSlice.LAB + path)).hasStatus(HttpStatus.FORBIDDEN)
                .bodyText()
                .contains("This lab belongs to somebody else.");
        assertThat(mvc.get().uri(PageSlice.LAB + path).cookie(new Cookie(FakeLabs.LAB, FakeLabs.LAB + ".guess")))
                .hasStatus(HttpStatus.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/steps/services/apply", "/steps/services/check", "/steps/services/edit",
        "/steps/services/show", "/draft/changes", "/traffic",
        "/traffic/start", "/traffic/stop", "/logs/delete", "/reset"})
    void nothingOfALabIsDoneWithoutItsCookie(String path) {
        assertThat(mvc.post().uri(PageSlice.LAB + path).with(csrf())).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(labs.find(FakeLabs.LAB).orElseThrow().progress()).isEmpty();
    }

    @Test
    void unknownLabOrStepIsAFriendly404() {
        assertThat(mvc.get().uri("/labs/lab-zzzzzzzzzz/steps/services")).hasStatus(HttpStatus.NOT_FOUND)
                .bodyText()
                .contains("There is no such lab.");
        assertThat(get(PageSlice.LAB + "/steps/none")).hasStatus(HttpStatus.NOT_FOUND)
                .bodyText()
                .contains("There is no such step.");
    }

    @Test
    void formWithoutTokenIsRefused() {
        assertThat(mvc.post().uri(STEP + "/apply").cookie(PageSlice.OWNER)).hasStatus(HttpStatus.FORBIDDEN);
    }

    private MockMvcRequestBuilder get(String address) {
        return mvc.get().uri(address).cookie(PageSlice.OWNER);
    }

    private MockMvcRequestBuilder post(String address) {
        return mvc.post().uri(address).cookie(PageSlice.OWNER).with(csrf());
    }

    private MockMvcRequestBuilder order(String path) {
        return post(PageSlice.LAB + path).params(without(""));
    }

    private static MultiValueMap<String, String> without(String name) {
        var form = new LinkedMultiValueMap<String, String>();
        form.add("requests", "100");
        form.add("path", "/colors");
        form.add("clients", "1");
        form.add("from", "OUTSIDE");
        form.add("step", "services");
        form.add("rate", "20");
        form.remove(name);
        return form;
    }
}

package dev.trafficlab.web.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import dev.trafficlab.web.testing.FakeCourses;
import dev.trafficlab.web.testing.Fakes;

import static org.assertj.core.api.Assertions.assertThat;

/** What anybody may read, lab or none. */
@PageSlice
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReadingTests {

    private static final String COURSE = "/courses/" + FakeCourses.ID;

    private final MockMvcTester mvc;

    ReadingTests(WebApplicationContext context) {
        this.mvc = Fakes.guarded(context);
    }

    @Test
    void landingPageOffersTheCourseAndItsSteps() {
        assertThat(mvc.get().uri("/")).hasStatusOk()
                .bodyText()
                .startsWith("<!DOCTYPE html>")
                .contains("Weight-based routing",
                        "Run the app", "Open the door", "action=\"/labs\"", "name=\"_csrf\"", COURSE
                                + "/steps/services")
                .doesNotContain("Welcome back");
    }

    @Test
    void landingPageWelcomesALearnerBackToTheirStep() {
        assertThat(mvc.get().uri("/").cookie(PageSlice.OWNER)).hasStatusOk()
                .bodyText()
                .contains("Welcome back",
                        "Run the app",
                        PageSlice.LAB + "/steps/services");
    }

    @Test
    void continueComesFirstForALearnerWithALab() {
        assertThat(mvc.get().uri("/")).bodyText().containsOnlyOnce("button primary");
        assertThat(mvc.get().uri("/").cookie(PageSlice.OWNER)).bodyText()
                .containsOnlyOnce("button primary")
                .containsPattern("<a class=\"button primary\" href=\"" + PageSlice.LAB + "/steps/services\">Continue");
    }

    @Test
    void manifestsOfTheCourseComeAsOneArchiveUnderTheNamesThatThePagesCallThemBy() throws IOException {
        MvcTestResult answer = mvc.get().uri(COURSE + "/manifests.zip").exchange();
        assertThat(answer).hasStatusOk()
                .hasContentType("application/zip")
                .hasHeader("Content-Disposition", "attachment; filename=\"" + FakeCourses.ID + "-manifests.zip\"");
        List<String> files = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.getResponse()
                .getContentAsByteArray()))) {
            for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
                files.add(file.getName());
                assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8)).contains("# " + file.getName());
            }
        }
        assertThat(files).contains("services.yaml").doesNotHaveDuplicates();
        assertThat(mvc.get().uri(PageSlice.LAB + "/kubectl").cookie(PageSlice.OWNER)).bodyText()
                .contains(files.stream().map(file -> file + "</span>").toList());
        assertThat(mvc.get().uri("/courses/none/manifests.zip")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void stepReadsWithoutALabAndWithoutScripts() {
        assertThat(mvc.get().uri(COURSE + "/steps/services")).hasStatusOk()
                .bodyText()
                .contains("<h1>Run the app</h1>",
                        "Before services.", "After services.", "services.yaml", "A Service exists", "rel=\"next\"")
                .doesNotContain("ws-connect", "hx-post", "htmx.min.js");
    }

    @Test
    void welcomeAndFinishAreSteps() {
        assertThat(mvc.get().uri(COURSE + "/steps/welcome")).hasStatusOk()
                .bodyText()
                .contains("Welcome aboard",
                        "rel=\"next\"")
                .doesNotContain("rel=\"prev\"");
        assertThat(mvc.get().uri(COURSE + "/steps/finish")).hasStatusOk()
                .bodyText()
                .contains("That was it",
                        "rel=\"prev\"")
                .doesNotContain("rel=\"next\"");
    }

    @Test
    void courseLeadsToItsWelcome() {
        assertThat(mvc.get().uri(COURSE)).hasStatus3xxRedirection().hasRedirectedUrl(COURSE + "/steps/welcome");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/courses/none", "/courses/none/steps/services", COURSE + "/steps/none"})
    void unknownPageIsAFriendly404(String address) {
        assertThat(mvc.get().uri(address)).hasStatus(HttpStatus.NOT_FOUND)
                .bodyText()
                .contains("There is no such step.",
                        "href=\"/\"");
    }
}

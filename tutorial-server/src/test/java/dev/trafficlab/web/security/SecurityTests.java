package dev.trafficlab.web.security;

import java.util.Base64;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import dev.trafficlab.web.testing.ApiServer;
import dev.trafficlab.web.testing.FakeLabs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = ApiServer.class, properties = "tutorial.instructor-password=correct horse")
@AutoConfigureMockMvc
class SecurityTests {

    private static final String RESET = "/api/v1/labs/" + FakeLabs.LAB + "/reset";
    private static final Cookie SECRET = new Cookie(FakeLabs.LAB, FakeLabs.TOKEN);
    private static final String RIGHT = basic("correct horse");
    private static final String WRONG = basic("battery staple");

    private final MockMvcTester mvc;

    SecurityTests(@Autowired MockMvcTester mvc) {
        this.mvc = mvc;
    }

    @Test
    void cookieAloneDoesNotChangeALab() {
        assertThat(mvc.post().uri(RESET).cookie(SECRET).exchange()).hasStatus(403)
                .hasContentTypeCompatibleWith("application/problem+json")
                .bodyText()
                .contains("X-XSRF-TOKEN");
    }

    @Test
    void cookieWithTheCsrfTokenDoes() {
        assertThat(mvc.post()
                .uri(RESET)
                .cookie(SECRET, new Cookie("XSRF-TOKEN", "abc"))
                .header("X-XSRF-TOKEN", "abc")
                .exchange())
                .hasStatusOk();
    }

    @Test
    void bearerTokenDoesWithoutOne() {
        assertThat(mvc.post().uri(RESET).header("Authorization", "Bearer " + FakeLabs.TOKEN).exchange()).hasStatusOk();
    }

    @Test
    void bearerTokenDoesNotLendItsExemptionToACookie() {
        assertThat(mvc.post().uri(RESET).cookie(SECRET).header("Authorization", "Bearer anything").exchange())
                .hasStatus(401);
    }

    @Test
    void formsNeedTheCsrfToken() {
        assertThat(mvc.post()
                .uri("/login")
                .cookie(SECRET)
                .param("username", "instructor")
                .param("password",
                        "correct horse")
                .exchange())
                .hasStatus(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/instructor/labs", "/api/v1/instructor/labs/", "/api/v1/instructor/unknown"})
    void instructorsApiAsksForThePassword(String path) {
        assertThat(mvc.get().uri(path).exchange()).hasStatus(401)
                .hasContentTypeCompatibleWith("application/problem+json")
                .headers()
                .hasValue("WWW-Authenticate", "Basic realm=\"instructor\", charset=\"UTF-8\"");
        assertThat(mvc.get().uri(path).header("Authorization", WRONG).exchange()).hasStatus(401);
        assertThat(mvc.get().uri(path).header("Authorization", "Bearer " + FakeLabs.TOKEN).exchange()).hasStatus(401);
    }

    @Test
    void passwordOpensTheInstructorsApi() {
        assertThat(mvc.get().uri("/api/v1/instructor/labs").header("Authorization", RIGHT).exchange()).hasStatusOk();
        assertThat(mvc.post().uri("/api/v1/instructor/reset").header("Authorization", RIGHT).exchange()).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site,cross-site,403", "Sec-Fetch-Site,same-site,403", "Sec-Fetch-Site,same-origin,200",
        "Origin,https://evil.example,403", "Origin,null,403", "Origin,http://localhost,200"})
    void browsersRememberedPasswordIsOfNoUseToOtherSites(String header, String value, int status) {
        assertThat(mvc.post()
                .uri("/api/v1/instructor/reset")
                .header("Host", "localhost")
                .header("Authorization", RIGHT)
                .header(header, value)
                .exchange()).hasStatus(status);
    }

    @Test
    void instructorsPageLeadsToTheSignIn() {
        MvcTestResult answer = mvc.get().uri("/instructor").header("Accept", "text/html").exchange();

        assertThat(answer).hasStatus(302).hasRedirectedUrl("/login");
        assertThat(answer.getRequest().getSession(false)).isNull();
        assertThat(mvc.get().uri("/instructor").header("Authorization", RIGHT).exchange()).hasStatusOk();
    }

    @Test
    void formSignsTheInstructorIn() {
        MvcTestResult answer = mvc.post()
                .uri("/login")
                .cookie(new Cookie("XSRF-TOKEN", "abc"))
                .header("X-XSRF-TOKEN",
                        "abc")
                .param("username", "instructor")
                .param("password", "correct horse")
                .exchange();

        assertThat(answer).hasStatus(302).hasRedirectedUrl("/instructor");
    }

    @Test
    void guessingIsStopped() {
        MvcTestResult stopped = firstRefusal(() -> signIn("10.0.0.1", WRONG));

        assertThat(stopped).hasContentTypeCompatibleWith("application/problem+json")
                .headers()
                .containsHeader("Retry-After");
        assertThat(signIn("10.0.0.2", RIGHT)).hasStatusOk();
    }

    @Test
    void knowingIsNot() {
        for (int i = 0; i < 25; i++) {
            assertThat(signIn("10.0.0.3", RIGHT)).hasStatusOk();
        }
    }

    @Test
    void manyLabsAtOnceAreTooMany() {
        MvcTestResult stopped = firstRefusal(() -> newLab("10.0.0.4"));

        assertThat(stopped).hasContentTypeCompatibleWith("application/problem+json")
                .headers()
                .containsHeader("Retry-After");
        assertThat(newLab("10.0.0.5")).hasStatus(404);
    }

    @Test
    void strangersTriesDoNotUseUpALabsLimit() {
        for (int i = 0; i < 130; i++) {
            mvc.post().uri(RESET).header("Authorization", "Bearer " + FakeLabs.LAB + ".guess").exchange();
        }

        assertThat(mvc.post().uri(RESET).header("Authorization", "Bearer " + FakeLabs.TOKEN).exchange()).hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/labs/x", "/", "/instructor", "/css/none.css"})
    void everyAnswerTellsBrowsersToBeStrict(String path) {
        assertThat(mvc.get().uri(path).exchange()).headers()
                .hasValue("Content-Security-Policy",
                        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                                + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
                .hasValue("X-Content-Type-Options", "nosniff")
                .hasValue("Referrer-Policy", "same-origin")
                .hasValue("Cross-Origin-Opener-Policy", "same-origin");
    }

    @Test
    void learnersHaveNoSession() {
        MvcTestResult answer = mvc.post().uri(RESET).header("Authorization", "Bearer " + FakeLabs.TOKEN).exchange();

        assertThat(answer.getRequest().getSession(false)).isNull();
    }

    /** Limits refill while a slow machine tries, so it may take more tries than the limit says. */
    private static MvcTestResult firstRefusal(Supplier<MvcTestResult> tries) {
        return Stream.generate(tries)
                .limit(1000)
                .filter(answer -> answer.getResponse().getStatus() == 429)
                .findFirst()
                .orElseThrow(() -> new AssertionError("never refused"));
    }

    private MvcTestResult signIn(String address, String authorization) {
        return mvc.get()
                .uri("/api/v1/instructor/labs")
                .remoteAddress(address)
                .header("Authorization", authorization)
                .exchange();
    }

    /** A try at a lab of a course that is not there: it counts, but makes none. */
    private MvcTestResult newLab(String address) {
        return mvc.post()
                .uri("/api/v1/labs")
                .remoteAddress(address)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"course\": \"none\"}")
                .exchange();
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("instructor:" + password).getBytes(UTF_8));
    }
}

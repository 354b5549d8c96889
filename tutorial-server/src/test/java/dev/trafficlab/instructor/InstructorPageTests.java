package dev.trafficlab.instructor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Lab.StepProgress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

/** The page as the instructor's browser gets it. */
@SpringBootTest(classes = InstructorPageTests.Page.class)
@AutoConfigureMockMvc
@DirtiesContext
class InstructorPageTests {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private static final RequestPostProcessor INSTRUCTOR = user("instructor").roles("INSTRUCTOR");

    private final MockMvcTester browser;
    private final FakeLabs labs;

    InstructorPageTests(@Autowired MockMvcTester browser, @Autowired FakeLabs labs) {
        this.browser = browser;
        this.labs = labs;
        labs.labs.clear();
    }

    @Test
    void anEmptyClassroomSaysSo() {
        assertThat(browser.get().uri("/instructor").with(INSTRUCTOR)).hasStatusOk()
                .bodyText()
                .contains("No learner has started a lab yet.")
                .doesNotContain("<table");
    }

    @Test
    void aLabIsARowWithItsProgressAndAForm() {
        labs.add(new Lab("lab-aaaaaaaaaa", "weights", THEN, THEN, "two",
                Map.of("one", new StepProgress(Optional.of(THEN), Optional.of(THEN)))));
        assertThat(browser.get().uri("/instructor").with(INSTRUCTOR)).hasStatusOk()
                .bodyText()
                .contains("One lab, oldest first", "lab-aaaaaaaaaa", "1 of 2 passed", "First: passed",
                        "Second: not done yet", "days ago")
                .contains("action=\"/instructor/labs/lab-aaaaaaaaaa/reset\"", "name=\"_csrf\"")
                .doesNotContain("??",
                        "style=");
    }

    @Test
    void whatAResetDidIsToldOnTheNextPage() {
        assertThat(browser.get()
                .uri("/instructor")
                .with(INSTRUCTOR)
                .flashAttr("done", new Notice("classroom.done", 3))
                .flashAttr("failed", List.of("lab-bbbbbbbbbb"))).bodyText()
                .contains("3 labs are as new.")
                .contains("could not be reset, try again: lab-bbbbbbbbbb");
    }

    @Test
    void aResetWithoutTheFormsSecretIsRefused() {
        labs.add(new Lab("lab-aaaaaaaaaa", "weights", THEN, THEN, "two", Map.of()));
        assertThat(browser.post().uri("/instructor/reset").with(INSTRUCTOR)).hasStatus(403);
        assertThat(labs.reset).isEmpty();
        assertThat(browser.post().uri("/instructor/reset").with(INSTRUCTOR).with(csrf())).hasStatus(303)
                .hasRedirectedUrl("/instructor");
        assertThat(labs.reset).containsExactly("lab-aaaaaaaaaa");
    }

    @EnableAutoConfiguration
    @Import({InstructorPage.class, Classroom.class, FakeLabs.class, OneCourse.class})
    static class Page {}
}

package dev.trafficlab.instructor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Lab.StepProgress;

import static org.assertj.core.api.Assertions.assertThat;

class InstructorTests {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeLabs labs = new FakeLabs();
    private final Classroom classroom = new Classroom(labs, new OneCourse());
    private final MockMvcTester server = MockMvcTester.of(List.of(new InstructorApi(classroom), new InstructorPage(
            classroom)),
            controllers -> controllers.setSingleView((model, request, response) -> {}).build());

    @BeforeEach
    void twoLearners() {
        labs.add(new Lab("lab-aaaaaaaaaa", "weights", THEN, THEN, "two",
                Map.of("one", new StepProgress(Optional.of(THEN), Optional.of(THEN.plusSeconds(9))))));
        labs.add(new Lab("lab-bbbbbbbbbb", "weights", THEN.plusSeconds(1), THEN, "one", Map.of()));
    }

    @Test
    void everyLabIsListedWithTheProgressOfEachStep() {
        assertThat(server.get().uri("/api/v1/instructor/labs")).hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        [
                          {"id": "lab-aaaaaaaaaa", "course": "weights", "current": "two", "passed": 1, "created": "2026-01-02T03:04:05Z", "steps": [
                            {"id": "one", "label": "First", "applied": true, "appliedAt": "2026-01-02T03:04:05Z", "checked": true, "checkedAt": "2026-01-02T03:04:14Z"},
                            {"id": "two", "label": "Second", "applied": false, "checked": false}]},
                          {"id": "lab-bbbbbbbbbb", "current": "one", "passed": 0}
                        ]""");
    }

    @Test
    void oneLabIsReset() {
        assertThat(server.post().uri("/api/v1/instructor/labs/lab-bbbbbbbbbb/reset")).hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"id\": \"lab-bbbbbbbbbb\", \"passed\": 0}");
        assertThat(labs.reset).containsExactly("lab-bbbbbbbbbb");
    }

    @Test
    void anUnknownLabIsAProblemDocument() {
        assertThat(server.post().uri("/api/v1/instructor/labs/lab-cccccccccc/reset")).hasStatus(HttpStatus.NOT_FOUND)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.detail")
                .asString()
                .contains("lab-cccccccccc");
    }

    @Test
    void allLabsAreResetAndOneThatFailsIsNamed() {
        labs.stuck.add("lab-aaaaaaaaaa");
        assertThat(server.post().uri("/api/v1/instructor/reset")).hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"reset\": 1, \"failed\": [\"lab-aaaaaaaaaa\"]}");
        assertThat(labs.reset).containsExactly("lab-bbbbbbbbbb");
    }

    @Test
    void thePageListsTheLabs() {
        assertThat(server.get().uri("/instructor")).hasStatusOk()
                .hasViewName("instructor")
                .model()
                .containsKeys("labs",
                        "ago");
    }

    @Test
    void aResetOnThePageLeadsBackToItAndSaysSo() {
        assertThat(server.post().uri("/instructor/labs/lab-aaaaaaaaaa/reset")).hasStatus(HttpStatus.SEE_OTHER)
                .hasRedirectedUrl("/instructor")
                .flash()
                .containsEntry("done", new Notice("classroom.done.lab",
                        "lab-aaaaaaaaaa"));
        assertThat(server.post().uri("/instructor/reset")).hasRedirectedUrl("/instructor")
                .flash()
                .containsEntry("done", new Notice("classroom.done", 2))
                .containsEntry("failed", List.of());
    }

    @Test
    void aLabThatIsGoneIsToldOnThePage() {
        assertThat(server.post().uri("/instructor/labs/lab-cccccccccc/reset")).hasRedirectedUrl("/instructor")
                .flash()
                .containsEntry("done", new Notice("classroom.gone", "lab-cccccccccc"));
    }

    @Test
    void timesAreToldAsPeopleSayThem() {
        Ago ago = new Ago(THEN);
        assertThat(ago.of(THEN.minusSeconds(59))).isEqualTo(new Notice("ago.now", ""));
        assertThat(ago.of(THEN.minusSeconds(60))).isEqualTo(new Notice("ago.minutes", 1L));
        assertThat(ago.of(THEN.minusSeconds(2 * 3600))).isEqualTo(new Notice("ago.hours", 2L));
        assertThat(ago.of(THEN.minusSeconds(50 * 3600))).isEqualTo(new Notice("ago.days", 2L));
    }
}

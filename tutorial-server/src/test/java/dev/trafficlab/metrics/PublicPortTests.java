package dev.trafficlab.metrics;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/** Without a management port. */
@SpringBootTest
@AutoConfigureMockMvc
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PublicPortTests {

    @TempDir
    static Path data;

    private final MockMvcTester mvc;

    PublicPortTests(MockMvcTester mvc) {
        this.mvc = mvc;
    }

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> data.toString());
    }

    @Test
    void metricsAreNotFound() {
        assertThat(mvc.get().uri("/actuator/prometheus")).hasStatus(404);
    }

    @Test
    void healthIs() {
        assertThat(mvc.get().uri("/actuator/health")).hasStatus(200);
        assertThat(mvc.get().uri("/livez")).hasStatus(200);
        assertThat(mvc.get().uri("/readyz")).hasStatus(200);
    }
}

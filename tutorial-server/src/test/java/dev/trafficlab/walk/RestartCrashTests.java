package dev.trafficlab.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The server dies in the middle of a learner's work, and comes back. */
class RestartCrashTests {

    private static final LocatorAssertions.ContainsTextOptions PATIENTLY = new LocatorAssertions.ContainsTextOptions()
            .setTimeout(30_000);

    private static Chromium chromium;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void afterAKillTheOpenPageGoesOnWithTheSameObjects() throws IOException, InterruptedException {
        Path data = Files.createDirectory(temporary.resolve("data"));
        int port = ServerProcess.freePort();
        ServerProcess first = ServerProcess.start(data, port);
        try (BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions().setBaseURL(first.address()).setLocale("en-US"));
                Page page = context.newPage();
                Page otherTab = context.newPage()) {
            Learner learner = new Learner(page);
            page.navigate("/");
            learner.startLab();
            learner.next();
            for (int step = 1; step <= 3; step++) {
                learner.apply();
                learner.passCheck();
                learner.next();
            }
            learner.apply();
            learner.sendHundred(1);
            String address = page.url();
            otherTab.navigate(address);
            assertThat(otherTab.locator("#connection")).containsText("Connected", PATIENTLY);

            first.kill();
            assertThat(page.locator("#connection")).containsText("Connection lost", PATIENTLY);
            assertThat(otherTab.locator("#connection")).containsText("Connection lost", PATIENTLY);

            try (ServerProcess second = ServerProcess.start(data, port)) {
                assertThat(second.address()).isEqualTo(first.address());
                assertThat(page.locator("#connection")).containsText("Connected", PATIENTLY);
                assertThat(otherTab.locator("#connection")).containsText("Connected", PATIENTLY);
                assertThat(page.url()).isEqualTo(address);
                learner.deleteLogs();
                learner.sendHundred(2);
                learner.seesCounted("200");
                assertThat(learner.shares()).containsOnlyKeys("v1", "v2", "v3");
                assertThat(otherTab.locator("#picture")).containsText("200 requests counted", PATIENTLY);
                learner.passCheck();

                page.navigate("/");
                assertThat(page.getByText("Welcome back.")).isVisible();
                page.getByText("Continue").click();
                assertThat(page).hasURL(address);
                assertThat(Map.copyOf(learner.shares())).hasSize(3);
            }
        } finally {
            first.kill();
        }
    }
}

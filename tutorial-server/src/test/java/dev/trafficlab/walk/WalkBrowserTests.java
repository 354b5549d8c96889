package dev.trafficlab.walk;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The course from welcome to finish in a real Chromium, by clicking only what a learner sees. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(SeededDice.class)
class WalkBrowserTests {

    private static Chromium chromium;

    @TempDir
    static Path data;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> data.toString());
    }

    @BeforeAll
    static void open() {
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void aLearnerWalksTheWholeCourse() {
        try (BrowserContext context = browser(); Page page = context.newPage()) {
            Learner learner = new Learner(page);
            walk(learner);
            assertThat(learner.complaints()).isEmpty();
        }
    }

    /** From the start page of the browser's base address to the course's last page. */
    static void walk(Learner learner) {
        Page page = learner.page();
        page.navigate("./");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Read it first")).click();
        assertThat(page).hasURL(Pattern.compile(".*/courses/traffic-weighting/steps/welcome"));
        learner.startLab();
        assertThat(page).hasURL(Pattern.compile(".*/labs/lab-[a-z2-7]{10}/steps/welcome"));
        learner.next();
        assertThat(page).hasURL(Pattern.compile(".*/labs/lab-[a-z2-7]{10}/steps/services"));

        services(learner);
        inject(learner);
        gateway(learner);
        virtualService(learner);
        destinationRules(learner);
        sticky(learner);
        sharesThatStick(learner);

        assertThat(page).hasURL(Pattern.compile(".*/steps/finish"));
        assertThat(page.getByText("7 of 7 passed")).isVisible();
    }

    private static void services(Learner learner) {
        learner.apply();
        learner.passCheck();
        // Check asks the app, too, and what it asked was counted
        learner.deleteLogs();
        learner.sendHundred(3);
        learner.seesCounted("300");
        assertThat(learner.shares().values()).allSatisfy(share -> assertThat(share).isCloseTo(33.3, Offset.offset(
                10.0)));
        tracesARequest(learner.page(), "colors");
        learner.next();
    }

    private static void inject(Learner learner) {
        learner.apply();
        learner.passCheck();
        tracesARequest(learner.page(), "sidecar");
        learner.next();
    }

    private static void gateway(Learner learner) {
        learner.apply();
        learner.passCheck();
        APIResponse root = learner.page().request().get(link(learner.page(), "Open / ↗"));
        assertThat(root.status()).isEqualTo(404);
        tracesARequest(learner.page(), "404");
        learner.next();
    }

    private static void virtualService(Learner learner) {
        learner.apply();
        learner.deleteLogs();
        learner.sendHundred(3);
        learner.seesCounted("300");
        assertThat(learner.shares()).containsOnlyKeys("v1", "v2", "v3");
        assertThat(learner.shares().values()).allSatisfy(share -> assertThat(share).isCloseTo(33.3, Offset.offset(
                8.0)));
        learner.passCheck();
        seesTheColour(learner.page());
        tracesARequest(learner.page(), "colors");
        learner.next();
    }

    private static void destinationRules(Learner learner) {
        learner.apply();
        learner.deleteLogs();
        learner.sendHundred(10);
        learner.seesCounted("1,000");
        Map<String, Double> shares = learner.shares();
        assertThat(shares.get("v1")).isCloseTo(10.0, Offset.offset(5.0));
        assertThat(shares.get("v2")).isCloseTo(30.0, Offset.offset(5.0));
        assertThat(shares.get("v3")).isCloseTo(60.0, Offset.offset(5.0));
        assertThat(learner.page().locator("#verdict")).containsText("fits 10 / 30 / 60");
        learner.passCheck();
        tracesARequest(learner.page(), "weight");
        learner.next();
    }

    private static void sticky(Learner learner) {
        learner.apply();
        learner.deleteLogs();
        learner.asClients("one client");
        learner.sendHundred(1);
        learner.seesCounted("100");
        assertThat(learner.shares().values()).containsOnlyOnce(100.0).contains(0.0);
        learner.asClients("100 clients");
        learner.sendHundred(2);
        learner.seesCounted("300");
        assertThat(learner.shares().values()).filteredOn(share -> share > 0).hasSizeGreaterThan(1);
        learner.passCheck();
        tracesARequest(learner.page(), "hash");
        learner.next();
    }

    private static void sharesThatStick(Learner learner) {
        learner.apply();
        learner.deleteLogs();
        learner.asClients("one client");
        learner.sendHundred(1);
        learner.seesCounted("100");
        assertThat(learner.shares().values()).containsOnlyOnce(100.0);
        learner.passCheck();
        learner.next();
    }

    /** Each answer of /colors is a page of one of the three colours. */
    private static void seesTheColour(Page page) {
        Page colours = page.context()
                .waitForPage(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Open /colors ↗"))
                        .click());
        assertThat(colours.locator("h1")).hasText(Pattern.compile("crimson|lightseagreen|indigo"));
        colours.close();
    }

    private static void tracesARequest(Page page, String says) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Follow one request")).click();
        assertThat(page.locator("#stages")).containsText(says);
    }

    private static String link(Page page, String words) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(words).setExact(true))
                .getAttribute("href");
    }

    private BrowserContext browser() {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions().setBaseURL("http://127.0.0.1:" + port)
                        .setViewportSize(1440, 900)
                        .setLocale("en-US"));
    }
}

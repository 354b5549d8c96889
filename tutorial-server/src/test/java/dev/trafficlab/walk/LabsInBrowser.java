package dev.trafficlab.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import dev.trafficlab.course.Courses;
import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Traffic;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A real Chromium on real labs. Whatever a page writes to the browser's console fails the test. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(SeededDice.class)
abstract class LabsInBrowser {

    static final List<String> STEPS = List.of("services", "inject", "gateway", "virtual-service", "destination-rules",
            "sticky", "shares-that-stick");

    private static Chromium chromium;

    @Autowired
    Labs labs;

    @Autowired
    Traffic traffic;

    @Autowired
    Inventory inventory;

    @Autowired
    Courses courses;

    @LocalServerPort
    int port;

    private final List<String> complaints = new ArrayList<>();

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        // The server outlives the class: all classes that extend this one share it.
        settings.add("tutorial.data-dir", LabsInBrowser::folder);
        settings.add("tutorial.pod-phase", () -> "0s");
        settings.add("tutorial.limits.enabled", () -> "false");
    }

    private static String folder() {
        try {
            Path folder = Files.createTempDirectory("labs-in-browser");
            folder.toFile().deleteOnExit();
            return folder.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void open() {
        chromium = new Chromium();
        // Nothing here is about speed, and a busy machine may take its time.
        setDefaultAssertionTimeout(20_000);
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @AfterEach
    void leave() {
        chromium.browser().contexts().forEach(BrowserContext::close);
        assertThat(complaints).isEmpty();
    }

    /** Requests from many clients to the path that the weights are about. */
    void send(NewLab lab, int requests) {
        traffic.send(lab.lab().id(), new LoadSpec(requests, "/colors", 10, Map.of(), LoadSpec.From.OUTSIDE));
    }

    NewLab lab() {
        return lab(List.of());
    }

    /** A lab in which these steps were applied and whose pods are ready. */
    NewLab lab(List<String> steps) {
        NewLab lab = labs.create("traffic-weighting");
        steps.forEach(step -> labs.apply(lab.lab().id(), step));
        if (!steps.isEmpty()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> podsReady(lab));
            traffic.deleteLogs(lab.lab().id());
        }
        return lab;
    }

    private boolean podsReady(NewLab lab) {
        return inventory.topology(lab.lab().id(), courses.all().getFirst())
                .nodes()
                .stream()
                .filter(node -> node.pods()
                        .wanted() > 0)
                .allMatch(node -> node.pods().ready() == node.pods().wanted());
    }

    /** The lab's page, connected, at the size of a usual laptop. */
    Page page(NewLab lab, String step) {
        return page(lab, step, new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    Page page(NewLab lab, String step, Browser.NewContextOptions options) {
        Page page = page(options);
        page.context().addCookies(List.of(new Cookie(lab.lab().id(), lab.token()).setUrl("http://localhost:" + port)));
        return visit(page, lab, step);
    }

    Page visit(Page page, NewLab lab, String step) {
        page.navigate("/labs/" + lab.lab().id() + "/steps/" + step);
        // Without scripts there is no connection to wait for.
        if (page.locator("html.js").count() > 0 && page.locator("#connection").count() > 0) {
            assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        }
        return page;
    }

    Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(1440, 900));
    }

    Page page(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser()
                .newContext(options.setBaseURL("http://localhost:" + port).setLocale("en-US"));
        return listened(context.newPage());
    }

    /** A page whose complaints are noticed. */
    Page listened(Page page) {
        page.onConsoleMessage(message -> {
            // The browser itself notes every answer that is an error, also where the cluster rightly refuses a manifest.
            if (!message.text().contains("the server responded with a status of 422")) {
                complaints.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }
}

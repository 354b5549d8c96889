package dev.trafficlab.web.page;

import java.util.ArrayList;
import java.util.List;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import dev.trafficlab.walk.Chromium;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.FakeTraffic;
import dev.trafficlab.web.testing.PreviewServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages in a real browser, on fakes: what markup alone cannot show. */
class PagesBrowserTests {

    private static final String STEP = "/labs/" + FakeLabs.LAB + "/steps/services";
    private static final String LAB = "/labs/" + FakeLabs.LAB;
    private static final List<String> PAGES = List.of("/", "/login", "/nowhere",
            "/courses/traffic-weighting/steps/welcome", "/courses/traffic-weighting/steps/services", STEP, LAB
                    + "/steps/finish", LAB + "/kubectl", LAB + "/reset", LAB + "/objects", LAB
                            + "/objects/Pod/colors-v3-1", LAB + "/objects/Pod/colors-v3-1/logs/colors");

    private static final Chromium CHROMIUM = new Chromium();

    private static ServletWebServerApplicationContext server = PreviewServer.start("--server.port=0");

    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void startAnew() {
        server.getBean(FakeLabs.class).restart();
        server.getBean(FakeTraffic.class).forget(FakeLabs.LAB);
    }

    @AfterEach
    void leave() {
        CHROMIUM.browser().contexts().forEach(BrowserContext::close);
    }

    @AfterAll
    static void stop() {
        CHROMIUM.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void everyPageIsAccessibleAndKeepsTheContentSecurityPolicy(ColorScheme scheme) {
        Page page = page(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1440, 900));
        for (String address : PAGES) {
            open(page, address);
            assertThat(violations(page)).as(address).isEmpty();
        }
        busy(page);
        assertThat(violations(page)).as("a step in use").isEmpty();
        assertThat(complaints).filteredOn(complaint -> !complaint.contains("404")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void everythingThatOpensIsAccessible(ColorScheme scheme) {
        Page page = page(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1440, 900));
        open(page, STEP);
        page.locator("#edit summary").click();
        write(page, "broken");
        assertThat(page.locator(".review .problems")).isVisible();
        page.locator("#more summary").click();
        page.locator(".choice input").first().check();
        assertThat(violations(page)).as("the editor with a fault").isEmpty();
        page.locator("#tab-cluster").click();
        assertThat(page.locator("#tree a")).hasCount(2);
        assertThat(violations(page)).as("the cluster view").isEmpty();
        page.locator("#tree a").last().click();
        assertThat(page.locator("#sheet .log pre")).isVisible();
        assertThat(violations(page)).as("an object's sheet").isEmpty();
        page.keyboard().press("Escape");
        page.locator("#edit summary").click();
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        assertThat(violations(page)).as("the sheet of keys").isEmpty();
        assertThat(complaints).isEmpty();
    }

    @Test
    void everyPageIsAccessibleOnAPhone() {
        Page page = page(new Browser.NewContextOptions().setViewportSize(390, 844));
        for (String address : PAGES) {
            open(page, address);
            assertThat(violations(page)).as(address).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("%s fits", address)
                    .isEqualTo(true);
        }
    }

    @Test
    void panelMovesAndAnswersInPlace() {
        Page page = page(new Browser.NewContextOptions().setViewportSize(1440, 900));
        busy(page);
        assertThat(page.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");
        assertThat(page.locator("#check-result")).containsText("All there.");
        assertThat(page.locator("#steps .passed")).hasCount(1);
        assertThat(page.locator("#stages li")).hasCount(2);
        assertThat(page.locator("#summary")).hasText("The split fits 10 / 30 / 60.");
        assertThat(page.url()).endsWith(STEP);
    }

    @Test
    void generatorGoesOnAndStopsAndForgets() {
        Page page = page(new Browser.NewContextOptions());
        open(page, STEP);
        page.locator(".keep").click();
        assertThat(page.locator("#picture")).hasAttribute("data-sending", "true");
        page.locator(".stop").click();
        assertThat(page.locator("#picture")).hasAttribute("data-sending", "false");
        page.locator("input[name=path]").press("Enter");
        assertThat(page.locator("#done")).containsText("Sent 100");
        page.locator("#generator .delete").click();
        assertThat(page.locator("#verdict")).hasText("No requests yet. Press Send 100.");
    }

    @Test
    void refusedEditIsToldWhereItWasMade() {
        Page page = page(new Browser.NewContextOptions());
        open(page, STEP);
        page.locator(".edit summary").click();
        write(page, "broken");
        assertThat(page.locator(".review .problems")).containsText("unknown field \"<broken>\"");
        page.locator(".edit .primary").click();
        assertThat(page.locator("#apply-result")).containsText("unknown field \"<broken>\"");
    }

    @Test
    void twoTabsStayRight() {
        Page one = page(new Browser.NewContextOptions());
        open(one, STEP);
        Page two = one.context().newPage();
        two.navigate(address(STEP));
        assertThat(two.locator("#connection")).hasAttribute("data-state", "live");

        one.locator("#generator .primary").click();

        assertThat(two.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");
        assertThat(one.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");
    }

    @Test
    void lostConnectionIsToldAndComesBackByItself() {
        Page page = page(new Browser.NewContextOptions());
        open(page, STEP);
        int port = PreviewServer.port(server);

        server.close();
        assertThat(page.locator("#connection")).hasText("Connection lost, trying again…");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#notice")).containsText("The server does not answer.");

        server = PreviewServer.start("--server.port=" + port);
        assertThat(page.locator("#connection")).hasText("Connected", new LocatorAssertions.HasTextOptions()
                .setTimeout(30_000));
        page.locator("#generator .primary").click();
        assertThat(page.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");
    }

    @Test
    void courseIsReadAndALabIsUsedWithoutScripts() {
        Page page = page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(address(STEP));
        page.locator("#apply-form button").click();
        assertThat(page.locator("#apply-result")).containsText("created");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");
        page.locator("#check-form button").click();
        assertThat(page.locator("#check-result")).containsText("All there.");
    }

    @Test
    void firstStepIsLightAndStandsStill() {
        Page page = page(new Browser.NewContextOptions().setViewportSize(1440, 900));
        List<Request> requests = new ArrayList<>();
        page.onRequestFinished(requests::add);
        open(page, STEP);
        // Asking for sizes lets further events in, which add to the list.
        int bytes = List.copyOf(requests)
                .stream()
                .map(Request::sizes)
                .mapToInt(sizes -> sizes.responseBodySize + sizes.responseHeadersSize)
                .sum();
        assertThat(bytes).as("bytes over the wire").isBetween(10_000, 150 * 1024);
        Object shift = page.evaluate(
                """
                () => new Promise(done => new PerformanceObserver(list =>
                    done(list.getEntries().reduce((sum, entry) => sum + entry.value, 0)))
                  .observe({ type: 'layout-shift', buffered: true }) ?? setTimeout(() => done(0), 500))""");
        assertThat(((Number) shift).doubleValue()).isLessThan(0.02);
    }

    /** Types over what is in the editor, as a person does. */
    private static void write(Page page, String text) {
        page.locator(".cm-content").press("Control+a");
        page.keyboard().press("Delete");
        page.keyboard().type(text);
    }

    private static List<String> violations(Page page) {
        return new AxeBuilder(page).analyze()
                .getViolations()
                .stream()
                .flatMap(rule -> rule.getNodes()
                        .stream()
                        .map(node -> rule.getId() + ": " + node.getHtml()))
                .toList();
    }

    private void busy(Page page) {
        open(page, STEP);
        page.locator("#apply-form button").click();
        assertThat(page.locator("#apply-result .objects")).isVisible();
        page.locator("#generator .primary").click();
        assertThat(page.locator("#done")).containsText("Sent 100");
        page.locator("#check-form button").click();
        assertThat(page.locator("#check-result .yes").first()).isVisible();
        page.locator(".why-head form button").click();
        assertThat(page.locator("#stages")).isVisible();
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = CHROMIUM.browser().newContext(options);
        context.addCookies(List.of(new Cookie(FakeLabs.LAB, FakeLabs.TOKEN).setUrl(address("/"))));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private static void open(Page page, String path) {
        page.navigate(address(path));
        if (path.equals(STEP)) {
            assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        }
    }

    private static String address(String path) {
        return "http://localhost:" + PreviewServer.port(server) + path;
    }
}

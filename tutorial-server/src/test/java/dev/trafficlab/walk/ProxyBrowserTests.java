package dev.trafficlab.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The course walked in Chromium behind real proxies with TLS and HTTP/2, whose configuration is that of the documentation, with the
 * server's default settings.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
    "tutorial.instructor-password=correct horse battery"})
@Import(SeededDice.class)
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD) // each walk with the dice from their start
class ProxyBrowserTests {

    private static Chromium chromium;
    private static TestCertificate certificate;

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry settings) {
        settings.add("tutorial.data-dir", () -> folder.resolve("data").toString());
    }

    @BeforeAll
    static void open() throws IOException, InterruptedException, GeneralSecurityException {
        chromium = new Chromium();
        certificate = TestCertificate.make(folder);
    }

    @AfterAll
    static void close() {
        chromium.close();
    }

    @Test
    void haproxyAtAHostOfItsOwn() throws IOException, InterruptedException {
        try (ReverseProxy proxy = ReverseProxy.haproxy(Files.createTempDirectory(folder, "haproxy"), certificate,
                port)) {
            walk(proxy, "/", "__Host-");
        }
    }

    @Test
    void nginxAtAHostOfItsOwn() throws IOException, InterruptedException {
        try (ReverseProxy proxy = ReverseProxy.nginx(Files.createTempDirectory(folder, "nginx"), "nginx.conf", "/",
                certificate, port); BrowserContext context = browser(proxy); Page page = context.newPage()) {
            page.navigate("./");
            Learner learner = new Learner(page);
            learner.startLab();
            learner.next();
            isConnected(page);
            assertThat(learner.complaints()).isEmpty();
        }
    }

    @Test
    void nginxBelowAPath() throws IOException, InterruptedException {
        try (ReverseProxy proxy = ReverseProxy.nginx(Files.createTempDirectory(folder, "path"), "nginx-path.conf",
                "/lab/", certificate, port)) {
            walk(proxy, "/lab", "__Secure-");
        }
    }

    private void walk(ReverseProxy proxy, String path, String prefix) {
        try (BrowserContext context = browser(proxy); Page page = context.newPage()) {
            Learner learner = new Learner(page);
            WalkBrowserTests.walk(learner);
            assertThat(learner.complaints()).isEmpty();

            signIn(page);
            assertThat(context.cookies()).isNotEmpty().allSatisfy(cookie -> isOurs(cookie, path, prefix));
            assertThat(page.request().get("./").headers()).containsKey("strict-transport-security");
            String lab = page.locator("table.labs code").last().innerText();
            assertThat(page.request().get("./api/v1/labs/" + lab + "/kubeconfig").text()).contains("server: " + proxy
                    .address() + "kubernetes", "token: " + lab);
        }
    }

    private static void signIn(Page page) {
        page.navigate("./instructor");
        page.getByLabel("Password").fill("correct horse battery");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        assertThat(page.locator("table.labs")).isVisible();
    }

    private static void isOurs(Cookie cookie, String path, String prefix) {
        assertThat(cookie.name).startsWith(prefix);
        assertThat(cookie.secure).isTrue();
        assertThat(cookie.path).isEqualTo(path);
    }

    private static void isConnected(Page page) {
        assertThat(page.locator("#connection")).containsText("Connected");
    }

    private static BrowserContext browser(ReverseProxy proxy) {
        return chromium.browser()
                .newContext(new Browser.NewContextOptions().setBaseURL(proxy.address())
                        .setIgnoreHTTPSErrors(true)
                        .setViewportSize(1440, 900)
                        .setLocale("en-US"));
    }
}

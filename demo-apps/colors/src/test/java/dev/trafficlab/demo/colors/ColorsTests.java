package dev.trafficlab.demo.colors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;
import dev.trafficlab.demo.Outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColorsTests {

    private final List<String> log = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();

    private final Outbound backend = (authority, request) -> {
        reports.add(String.join(" ", request.method(), authority, request.target(), request.text()));
        return AppResponse.of(204, "text/plain", "");
    };

    @Test
    void pageIsOfTheColorAndSaysSo() throws Exception {
        AppResponse answer = get(start(Map.of("COLOR", "lightseagreen"), backend));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.text()).contains("body { background: lightseagreen }", "<h1>lightseagreen</h1>",
                "<code>colors-v2-abc</code>");
    }

    @Test
    void withoutColorThePageIsRedAndReportsToTheDefaultBackend() throws Exception {
        AppResponse answer = get(start(Map.of(), backend));
        answer.afterwards().run();

        assertThat(answer.text()).contains("body { background: red }");
        assertThat(reports).containsExactly("POST logger-backend:3000 / {\"color\":\"red\"}");
    }

    @Test
    void colorIsReportedAfterTheAnswerNotBefore() throws Exception {
        AppResponse answer = get(start(Map.of("COLOR", "indigo", "LOG_BACKEND", "logger-backend"), backend));

        assertThat(reports).isEmpty();
        answer.afterwards().run();
        assertThat(reports).containsExactly("POST logger-backend / {\"color\":\"indigo\"}");
    }

    @Test
    void failedReportIsLoggedAndFailsNothing() throws Exception {
        AppResponse answer = get(start(Map.of("COLOR", "indigo"), (authority, request) -> {
            throw new IOException("connection refused");
        }));
        answer.afterwards().run();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(log).last().asString().contains("indigo", "could not report", "connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "red } body { display: none", "red;background:url(//evil)",
        "</style><script>", "url(x)", "rgb(0,0,0);} *{", "\"><img src=x onerror=alert(1)>"})
    void colorThatIsNoneIsShownAsTextAndNeverAsCode(String color) throws Exception {
        String page = get(start(Map.of("COLOR", color), backend)).text();

        String escaped = color.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        assertThat(page).contains("<h1>" + escaped + "</h1>", "body { background: #d8d8de }");
        assertThat(page.replace("<h1>" + escaped + "</h1>", "").replace("<title>" + escaped + "</title>", ""))
                .doesNotContain(color)
                .doesNotContain(escaped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crimson", "#dc143c", "#FFF", "rgb(220, 20, 60)", "hsl(120deg 100% 25% / 50%)"})
    void colorsOfEverySimpleFormArePainted(String color) throws Exception {
        assertThat(get(start(Map.of("COLOR", color), backend)).text()).contains("body { background: " + color + " }");
    }

    @Test
    void quotesInAColorStayInsideTheReport() throws Exception {
        get(start(Map.of("COLOR", "a\"b\\c"), backend)).afterwards().run();

        assertThat(reports).containsExactly("POST logger-backend:3000 / {\"color\":\"a\\\"b\\\\c\"}");
    }

    @Test
    void otherPathsAndMethodsAreRefusedAndNotCounted() throws Exception {
        DemoApp app = start(Map.of(), backend);

        AppResponse elsewhere = app.handle(AppRequest.of("GET", "colors", "/colors?x=1"));
        AppResponse post = app.handle(AppRequest.of("POST", "colors", "/"));
        elsewhere.afterwards().run();
        post.afterwards().run();

        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.text()).contains("/colors").contains("rewrite");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.headers().first("allow")).contains("GET, HEAD");
        assertThat(reports).isEmpty();
    }

    @Test
    void environmentItCannotWorkWithIsRefused() {
        assertThatThrownBy(() -> start(Map.of("LOG_BACKEND", "http://x"), backend))
                .isInstanceOf(InvalidEnvironmentException.class)
                .hasMessageContaining("LOG_BACKEND");
        assertThatThrownBy(() -> start(Map.of("COLOR", "x".repeat(101)), backend))
                .isInstanceOf(InvalidEnvironmentException.class)
                .hasMessageContaining("COLOR");
    }

    @Test
    void standaloneServerAnswersOverHttpEvenWithoutBackend() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Map<String, String> nowhere = Map.of("COLOR", "crimson", "LOG_BACKEND", "127.0.0.1:1");
        try (AppServer server = AppServer.start(new Colors(), nowhere, "laptop", free, line -> {});
                HttpClient client = HttpClient.newHttpClient()) {
            var page = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                    .build(),
                    BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("body { background: crimson }", "<code>laptop</code>");
        }
    }

    private DemoApp start(Map<String, String> variables, Outbound outbound) throws InvalidEnvironmentException {
        return new Colors().start(new AppEnvironment(variables, "colors-v2-abc", outbound, log::add));
    }

    private static AppResponse get(DemoApp app) {
        return app.handle(AppRequest.of("GET", "colors", "/"));
    }
}

package dev.trafficlab.demo.frontend;

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

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;
import dev.trafficlab.demo.Outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoggerFrontendTests {

    private final List<String> calls = new ArrayList<>();

    private final Outbound backend = (authority, request) -> {
        calls.add(request.method() + " " + authority + request.target());
        return AppResponse.of(200, "application/json", "{\"crimson\":12}");
    };

    @Test
    void pageHasItsTitleAndAsksForFiguresBesideIt() throws Exception {
        AppResponse page = start(backend).handle(AppRequest.of("GET", "x", "/"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers().first("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.text()).contains("<title>Color Ranks</title>", "fetch(\"data\"", "EVERY_MS = 300",
                "Delete Logs")
                .doesNotContain("http://")
                .doesNotContain("\"/data\"");
    }

    @Test
    void figuresAndTheirDeletionArePassedOnToTheBackend() throws Exception {
        DemoApp app = start(backend);

        assertThat(app.handle(AppRequest.of("GET", "x", "/data")).text()).isEqualTo("{\"crimson\":12}");
        assertThat(app.handle(AppRequest.of("DELETE", "x", "/data")).status()).isEqualTo(200);
        assertThat(calls).containsExactly("GET logger-backend/", "DELETE logger-backend/");
    }

    @Test
    void backendThatIsDownIsABadGateway() throws Exception {
        AppResponse answer = start((authority, request) -> {
            throw new IOException("connection refused");
        }).handle(AppRequest.of("GET", "x", "/data"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("logger-backend");
    }

    @Test
    void statusOfTheBackendIsPassedOn() throws Exception {
        DemoApp app = start((authority, request) -> AppResponse.of(503, "text/plain", "no healthy upstream"));

        AppResponse answer = app.handle(AppRequest.of("GET", "x", "/data"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("no healthy upstream");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        DemoApp app = start(backend);

        assertThat(app.handle(AppRequest.of("GET", "x", "/other")).status()).isEqualTo(404);
        assertThat(app.handle(AppRequest.of("POST", "x", "/")).status()).isEqualTo(405);
        assertThat(app.handle(AppRequest.of("PUT", "x", "/data")).status()).isEqualTo(405);
        assertThat(calls).isEmpty();
    }

    @Test
    void backendThatIsNoHostIsRefused() {
        assertThatThrownBy(() -> new LoggerFrontend().start(new AppEnvironment(Map.of("LOG_BACKEND", "http://backend/"),
                "here", backend, line -> {})))
                .isInstanceOf(InvalidEnvironmentException.class);
    }

    @Test
    void standaloneServerServesThePageOverHttp() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Map<String, String> nowhere = Map.of("LOG_BACKEND", "127.0.0.1:1");
        try (AppServer server = AppServer.start(new LoggerFrontend(), nowhere, "laptop", free, line -> {});
                HttpClient client = HttpClient.newHttpClient()) {
            String root = "http://127.0.0.1:" + server.port();

            assertThat(client.send(HttpRequest.newBuilder(URI.create(root + "/")).build(), BodyHandlers.ofString())
                    .body())
                    .contains("<title>Color Ranks</title>");
            assertThat(client.send(HttpRequest.newBuilder(URI.create(root + "/data")).build(), BodyHandlers.ofString())
                    .statusCode()).isEqualTo(502);
        }
    }

    private static DemoApp start(Outbound outbound) throws InvalidEnvironmentException {
        return new LoggerFrontend()
                .start(new AppEnvironment(Map.of("LOG_BACKEND", "logger-backend"), "here", outbound, line -> {}));
    }
}

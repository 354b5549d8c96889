package dev.trafficlab.demo.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class LoggerBackendTests {

    private final List<String> log = new ArrayList<>();
    private final DemoApp app = new LoggerBackend().start(new AppEnvironment(Map.of(), "here", (authority, request) -> {
        throw new AssertionError("nothing is called");
    }, log::add));

    @Test
    void colorsAreCountedUntilForgotten() {
        post("{\"color\":\"crimson\"}");
        post("{\"note\":{\"color\":\"inner\"},\"color\":\"indigo\"}");
        assertThat(post("{\"color\":\"crimson\"}").status()).isEqualTo(204);

        assertThat(send("GET", "").text()).isEqualTo("{\"crimson\":2,\"indigo\":1}");
        assertThat(send("GET", "").headers().first("content-type")).contains("application/json");

        assertThat(send("DELETE", "").status()).isEqualTo(204);
        assertThat(send("GET", "").text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crimson", "{\"color\":", "{\"color\":3}", "{\"color\":null}", "{}", "[]",
        "\"crimson\"",
        "{\"color\":\"\"}", "{\"color\":\"a\"} tail", "{\"color\":\"a\"}{}", "{\"color\":{\"x\":\"a\"}}"})
    void whatNamesNoColorIsRefusedWithAReasonAndNotCounted(String body) {
        AppResponse answer = post(body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isNotBlank();
        assertThat(send("GET", "").text()).isEqualTo("{}");
        assertThat(log).last().asString().startsWith("refused");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] body = "{\"color\":\"?\"}".getBytes(UTF_8);
        body[10] = (byte) 0xff;
        assertThat(app.handle(new AppRequest("POST", "x", "/", Headers.none(), body)).status()).isEqualTo(400);
    }

    @Test
    void colorOfOver100CharactersIsRefused() {
        assertThat(post("{\"color\":\"" + "x".repeat(100) + "\"}").status()).isEqualTo(204);
        assertThat(post("{\"color\":\"" + "x".repeat(101) + "\"}").status()).isEqualTo(400);
    }

    @Test
    void colorsBeyondTheThousandthAreRefusedWhileKnownOnesCount() {
        for (int i = 0; i < 1000; i++) {
            assertThat(post("{\"color\":\"c" + i + "\"}").status()).isEqualTo(204);
        }
        assertThat(post("{\"color\":\"one more\"}").status()).isEqualTo(507);
        assertThat(post("{\"color\":\"c7\"}").status()).isEqualTo(204);
        assertThat(send("GET", "").text()).contains("\"c7\":2").doesNotContain("one more");
    }

    @Test
    void namesThatNeedEscapingComeBackAsValidJson() {
        post("{\"color\":\"a\\\"b\\\\\\u0001\"}");
        assertThat(send("GET", "").text()).isEqualTo("{\"a\\\"b\\\\\\u0001\":1}");
    }

    @Test
    void noCountIsLostBetweenThreads() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2000; i++) {
                threads.execute(() -> post("{\"color\":\"crimson\"}"));
            }
        }
        assertThat(send("GET", "").text()).isEqualTo("{\"crimson\":2000}");
    }

    @Test
    void otherMethodsAndPathsAreRefused() {
        assertThat(send("PUT", "").status()).isEqualTo(405);
        assertThat(app.handle(AppRequest.of("GET", "x", "/data")).status()).isEqualTo(404);
    }

    @Test
    void standaloneServerCountsOverHttp() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AppServer server = AppServer.start(new LoggerBackend(), Map.of(), "laptop", free, line -> {});
                HttpClient client = HttpClient.newHttpClient()) {
            URI root = URI.create("http://127.0.0.1:" + server.port() + "/");
            HttpRequest post = HttpRequest.newBuilder(root)
                    .POST(BodyPublishers.ofString("{\"color\":\"teal\"}"))
                    .build();

            assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
            assertThat(client.send(HttpRequest.newBuilder(root).build(), BodyHandlers.ofString()).body())
                    .isEqualTo("{\"teal\":1}");
        }
    }

    private AppResponse post(String body) {
        return send("POST", body);
    }

    private AppResponse send(String method, String body) {
        return app.handle(new AppRequest(method, "logger-backend", "/", Headers.none(), body.getBytes(UTF_8)));
    }
}

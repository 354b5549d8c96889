package dev.trafficlab.demo.echo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;

import static org.assertj.core.api.Assertions.assertThat;

class EchoTests {

    private final DemoApp app = new Echo().start(new AppEnvironment(Map.of(), "echo-1", (authority, request) -> {
        throw new AssertionError("nothing is called");
    }, line -> {}));

    @Test
    void answerDescribesTheRequestAsReceived() {
        AppRequest request = new AppRequest("PATCH", "shop.example:8080", "/a/../b?x=1&y=%20",
                Headers.of("X-One", "1", "Accept", "a", "accept", "b", "quote", "\"\\"), new byte[0]);

        AppResponse answer = app.handle(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"pod\":\"echo-1\",\"method\":\"PATCH\",\"host\":\"shop.example:8080\","
                + "\"path\":\"/a/../b?x=1&y=%20\",\"headers\":{\"accept\":\"a,b\",\"quote\":\"\\\"\\\\\",\"x-one\":\"1\"}}");
    }

    @Test
    void standaloneServerEchoesOverHttp() throws Exception {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AppServer server = AppServer.start(new Echo(), Map.of(), "laptop", free, line -> {});
                HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/any//path?q=1");
            var answer = client.send(HttpRequest.newBuilder(uri).DELETE().header("x-team", "blue").build(),
                    BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"pod\":\"laptop\"", "\"method\":\"DELETE\"",
                    "\"path\":\"/any//path?q=1\"",
                    "\"x-team\":\"blue\"", "\"host\":\"127.0.0.1:" + server.port() + "\"");
        }
    }
}

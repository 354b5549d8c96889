package dev.trafficlab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AppServerTests {

    private final Outbound http = new HttpOutbound();

    @Test
    void requestReachesTheAppAsItWasSent() throws Exception {
        DemoApp app = request -> AppResponse.of(200, "text/plain", String.join("|", request.method(), request.host(),
                request.target(), request.headers().first("X-Trace").orElse("none"), request.text()));
        try (AppServer server = start(app)) {
            AppRequest request = new AppRequest("PUT", "ignored", "/a//b%2Fc?q=%20", Headers.of("x-trace", "7"),
                    "körper".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            AppResponse answer = http.send(authority(server), request);

            assertThat(answer.text()).isEqualTo("PUT|" + authority(server) + "|/a//b%2Fc?q=%20|7|körper");
            assertThat(answer.headers().first("content-type")).contains("text/plain");
        }
    }

    @Test
    void workAfterwardsIsDoneOnceTheAnswerIsOut() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        DemoApp app = request -> AppResponse.of(200, "text/plain", "ok").then(() -> {
            await(answered);
            done.countDown();
        });
        try (AppServer server = start(app)) {
            assertThat(http.send(authority(server), AppRequest.of("GET", "x", "/")).text()).isEqualTo("ok");
            answered.countDown();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void headAnswersCarryTheLengthAlone() throws Exception {
        try (AppServer server = start(request -> AppResponse.of(200, "text/plain", "four"))) {
            AppResponse answer = http.send(authority(server), AppRequest.of("HEAD", "x", "/"));
            assertThat(answer.text()).isEmpty();
            assertThat(answer.headers().first("content-length")).contains("4");
        }
    }

    @Test
    void bodyBeyondOneMebibyteIsRefused() throws Exception {
        try (AppServer server = start(request -> AppResponse.of(200, "text/plain", "ok"))) {
            AppRequest big = new AppRequest("POST", "x", "/", Headers.none(), new byte[(1 << 20) + 1]);
            assertThat(http.send(authority(server), big).status()).isEqualTo(413);
        }
    }

    @Test
    void nobodyListeningIsAnExceptionNotAnAnswer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> http.send("127.0.0.1:" + free, AppRequest.of("GET", "x", "/")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void authorityThatIsNoneIsAnExceptionNotAnAnswer() {
        assertThatThrownBy(() -> http.send("no host", AppRequest.of("GET", "x", "/"))).isInstanceOf(IOException.class)
                .hasMessageContaining("no host");
    }

    private static AppServer start(DemoApp app) throws Exception {
        AppImage image = new AppImage() {
            @Override
            public String name() {
                return "test:1";
            }

            @Override
            public DemoApp start(AppEnvironment environment) {
                return app;
            }
        };
        return AppServer.start(image, Map.of(), "here", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                line -> {});
    }

    private static String authority(AppServer server) {
        return "127.0.0.1:" + server.port();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.trafficlab.web.live;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.FakeTraffic;
import dev.trafficlab.web.testing.PreviewServer;

import static java.util.Map.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class LiveSocketTests {

    private static final ServletWebServerApplicationContext SERVER = PreviewServer.start("--server.port=0");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Browser browser = new Browser();

    @AfterEach
    void leave() {
        client.shutdownNow();
        traffic().forget(FakeLabs.LAB);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void showsThePictureAtOnceAndAfterEachChange() throws Exception {
        connect(FakeLabs.TOKEN, origin());
        assertThat(browser.nextPicture()).contains("id=\"picture\"", "No requests yet", "id=\"glance\"");

        traffic().send(FakeLabs.LAB, new LoadSpec(100, "/colors", 1, of(), LoadSpec.From.OUTSIDE));

        assertThat(browser.nextPicture()).contains("The split fits 10 / 30 / 60.", "100 requests counted");
    }

    @Test
    void tellsOfClusterAndPodsFromTheStart() throws Exception {
        connect(FakeLabs.TOKEN, origin());
        String first = browser.next() + browser.next() + browser.next();
        assertThat(first).contains("<div id=\"cluster\" role=\"status\"></div>", "<p id=\"rollout\"");
    }

    @Test
    void stopsWatchingWhenTheBrowserLeaves() throws Exception {
        WebSocket socket = connect(FakeLabs.TOKEN, origin());
        await().untilAsserted(() -> assertThat(traffic().watchers()).isOne());
        socket.abort();
        await().untilAsserted(() -> assertThat(traffic().watchers()).isZero());
    }

    @Test
    void opensToTheLabsLearnerAlone() {
        assertThatThrownBy(() -> connect("lab-abcdefghij.guess", origin())).satisfies(this::isForbidden);
    }

    @Test
    void opensToOurOwnPagesAlone() {
        assertThatThrownBy(() -> connect(FakeLabs.TOKEN, "http://evil.example")).satisfies(this::isForbidden);
        assertThatThrownBy(() -> connect(FakeLabs.TOKEN, "null")).satisfies(this::isForbidden);
    }

    private WebSocket connect(String token, String origin) throws Exception {
        URI address = URI.create("ws://127.0.0.1:" + port() + "/labs/" + FakeLabs.LAB + "/live");
        return client.newWebSocketBuilder()
                .header("Cookie", FakeLabs.LAB + "=" + token)
                .header("Origin", origin)
                .buildAsync(address, browser)
                .get(10, TimeUnit.SECONDS);
    }

    private void isForbidden(Throwable failure) {
        assertThat(failure).cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    private String origin() {
        return "http://127.0.0.1:" + port();
    }

    private int port() {
        return PreviewServer.port(SERVER);
    }

    private FakeTraffic traffic() {
        return SERVER.getBean(FakeTraffic.class);
    }

    /** Keeps what it is sent. */
    private static final class Browser implements WebSocket.Listener {

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder frame = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            frame.append(part);
            if (last) {
                frames.add(frame.toString());
                frame.setLength(0);
            }
            socket.request(1);
            return null;
        }

        String next() throws InterruptedException {
            return Objects.requireNonNullElse(frames.poll(10, TimeUnit.SECONDS), "no frame");
        }

        /** The next frame with a picture: news of cluster and pods come between. */
        String nextPicture() throws InterruptedException {
            String frame = next();
            while (!frame.contains("id=\"picture\"") && !frame.equals("no frame")) {
                frame = next();
            }
            return frame;
        }
    }
}

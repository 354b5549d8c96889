package dev.trafficlab.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/** Request lines and headers, whatever bytes they are: an answer that is whole and none of our own failures, or none at all. */
class GatewayRequestFuzzTests {

    private static final int PATIENCE_MILLIS = 2_000;

    private static @Nullable GatewayServer server;

    @BeforeAll
    static void start() {
        server = new GatewayServer();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @FuzzTest
    void answersEveryRequest(byte[] input) throws IOException {
        String answer;
        // Jazzer takes every connection for a forged request, this test's own as well.
        try (SilentCloseable _ = BugDetectors.allowNetworkConnections()) {
            answer = exchange(input);
        }
        if (!answer.isEmpty() && answer.startsWith("HTTP/1.1 ")) {
            int status = Integer.parseInt(answer.substring(9, 12));
            assertThat(status).as(answer).isNotIn(500, 502, 503);
            assertThat(answer).contains("\r\n\r\n").doesNotContain("<html", "\tat ", "Exception");
        }
    }

    /** Sends the bytes, says that there are no more, and reads until the server closes. */
    private static String exchange(byte[] input) throws IOException {
        GatewayServer running = server;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        running.ingress.received.clear();
        running.told.clear();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(input);
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        } catch (SocketException closedBeforeAllWasSent) {
            return "";
        }
    }
}

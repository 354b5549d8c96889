package dev.trafficlab.web.live;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.SilentCloseable;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import dev.trafficlab.fuzz.FuzzFigures;
import dev.trafficlab.web.testing.FakeLabs;
import dev.trafficlab.web.testing.FakeTraffic;
import dev.trafficlab.web.testing.PreviewServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a browser may say on the live panel's socket, whatever bytes they are: the server goes on sending whole frames, closes for no
 * failure of its own, and keeps nothing of a panel that has gone.
 */
class LiveSocketFuzzTests {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int CLOSE = 8;
    private static final int SERVER_ERROR = 1011;

    private static Optional<ServletWebServerApplicationContext> started = Optional.empty();
    private static Optional<FuzzFigures> figures = Optional.empty();

    @AfterAll
    static void stop() {
        started.ifPresent(ServletWebServerApplicationContext::close);
        started = Optional.empty();
    }

    @FuzzTest
    void answersEveryMessage(byte[] input) throws IOException {
        ServletWebServerApplicationContext server = server();
        long start = System.nanoTime();
        int status;
        // Jazzer takes every connection for a forged request, this test's own as well.
        try (SilentCloseable _ = BugDetectors.allowNetworkConnections()) {
            status = exchange(PreviewServer.port(server), ClientFrames.of(input));
        }
        FakeTraffic traffic = server.getBean(FakeTraffic.class);
        Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> traffic.watchers() == 0);
        figures().count(status == 0 ? "no close frame" : "close " + status, Duration.ofNanos(System.nanoTime() - start));
        assertThat(status).isNotEqualTo(SERVER_ERROR);
    }

    /** The one of this JVM, started by the first input: only what is loaded after Jazzer gets instrumented as it should. */
    private static ServletWebServerApplicationContext server() {
        if (started.isEmpty()) {
            try (SilentCloseable _ = BugDetectors.allowNetworkConnections()) {
                started = Optional.of(PreviewServer.start("--server.port=0"));
            }
        }
        return started.get();
    }

    private static FuzzFigures figures() {
        if (figures.isEmpty()) {
            figures = Optional.of(FuzzFigures.of("LiveSocketFuzzTests"));
        }
        return figures.get();
    }

    /** Opens the socket, sends the bytes, says that there are no more, and reads until the server closes; the code it closed with, or 0. */
    private static int exchange(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(handshake(port).getBytes(StandardCharsets.ISO_8859_1));
            assertThat(head(in)).startsWith("HTTP/1.1 101");
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                return closedWith(in);
            } catch (SocketException closedBeforeAllWasSent) {
                return 0;
            }
        }
    }

    private static String handshake(int port) {
        return """
               GET /labs/%s/live HTTP/1.1
               Host: 127.0.0.1:%d
               Origin: http://127.0.0.1:%2$d
               Cookie: %1$s=%s
               Upgrade: websocket
               Connection: Upgrade
               Sec-WebSocket-Version: 13
               Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

               """.formatted(FakeLabs.LAB, port, FakeLabs.TOKEN).replace("\n", "\r\n");
    }

    private static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Reads frames, each of which must be whole, unmasked and of a known kind, until the stream ends. */
    private static int closedWith(DataInputStream in) throws IOException {
        int status = 0;
        for (int first = in.read(); first >= 0; first = in.read()) {
            assertThat(first & 0x70).as("reserved bits").isZero();
            assertThat(first & 0x0f).as("opcode").isIn(0, 1, CLOSE, 9, 10);
            byte[] payload = payload(in);
            if ((first & 0x0f) == CLOSE && payload.length >= 2) {
                status = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            }
        }
        return status;
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        assertThat(length).as("mask and length").isLessThan(128);
        long size = switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> length;
        };
        byte[] payload = in.readNBytes(Math.toIntExact(size));
        if (payload.length < size) {
            throw new EOFException("a frame of " + size + " bytes ends after " + payload.length);
        }
        return payload;
    }
}

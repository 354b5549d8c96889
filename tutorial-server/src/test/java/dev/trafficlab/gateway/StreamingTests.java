package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Neither side waits for the whole of what the other still sends. */
class StreamingTests {

    private static final String POST = "POST /gateway/" + GatewayServer.LAB
            + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET /gateway/" + GatewayServer.LAB
            + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void aPieceOfARequestIsReadBeforeTheNextIsSent() throws Exception {
        BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        try (var server = GatewayServer.to(answering(request -> {
            for (String piece = next(request.body()); !piece.isEmpty(); piece = next(request.body())) {
                pieces.add(piece);
            }
            return RecordingIngress.answered(AppResponse.of(200, "text/plain", "done"));
        })); var socket = connect(server)) {
            send(socket, POST + "3\r\none\r\n");
            assertThat(pieces.take()).isEqualTo("one");
            send(socket, "3\r\ntwo\r\n");
            assertThat(pieces.take()).isEqualTo("two");
            send(socket, "0\r\n\r\n");
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 200")
                    .endsWith("done");
        }
    }

    @Test
    void aPieceOfAnAnswerIsHadBeforeTheNextIsWritten() throws Exception {
        try (var app = new PipedOutputStream();
                var server = GatewayServer.to(answering(new PipedInputStream(app),
                        OptionalLong.empty()));
                var socket = connect(server)) {
            app.write("one".getBytes(US_ASCII));
            send(socket, GET);
            assertThat(until(socket.getInputStream(), "3\r\none\r\n")).startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("transfer-encoding: chunked");
            app.write("two".getBytes(US_ASCII));
            app.close();
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("3\r\ntwo\r\n0\r\n\r\n");
        }
    }

    @Test
    void anAnswerOfKnownLengthKeepsIt() throws Exception {
        try (var app = new PipedOutputStream();
                var server = GatewayServer.to(answering(new PipedInputStream(app),
                        OptionalLong.of(6)));
                var socket = connect(server)) {
            app.write("onetwo".getBytes(US_ASCII));
            app.close();
            send(socket, GET);
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).contains("Content-Length: 6\r\n")
                    .endsWith("\r\n\r\nonetwo");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        InputStream broken = new InputStream() {
            private boolean begun;

            @Override
            public int read() throws IOException {
                if (begun) {
                    throw new IOException("the app is gone");
                }
                begun = true;
                return 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                into[offset] = (byte) read();
                return 1;
            }
        };
        try (var server = GatewayServer.to(answering(broken, OptionalLong.empty())); var socket = connect(server)) {
            send(socket, GET);
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).startsWith("HTTP/1.1 200")
                    .endsWith("1\r\nx\r\n");
        }
    }

    @Test
    void aBodyThatOutgrowsTheLimitBreaksOffForThePodToo() throws Exception {
        BlockingQueue<Throwable> seen = new LinkedBlockingQueue<>();
        int tooMuch = Gateway.LARGEST_BODY + 1;
        try (var server = GatewayServer.to(answering(request -> {
            assertThatThrownBy(() -> request.body().bytes()).satisfies(seen::add);
            return RecordingIngress.answered(AppResponse.of(200, "text/plain", "all of it"));
        }))) {
            String answer = server.exchange(POST + Integer.toHexString(tooMuch) + "\r\n" + "x".repeat(tooMuch)
                    + "\r\n0\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 413");
            assertThat(seen.take()).isInstanceOf(IOException.class);
        }
    }

    private static Ingress answering(InputStream body, OptionalLong length) {
        return answering(_ -> RecordingIngress.answered(new AppResponse(200, Headers.none(), new Body.Arriving(body,
                length), AppResponse.NOTHING)));
    }

    private static Ingress answering(Function<MeshRequest, MeshAnswer> answer) {
        return new Ingress() {
            @Override
            public RoutePlan plan(String namespace, MeshRequest request) {
                return RoutePlan.unsent("nothing is planned here");
            }

            @Override
            public MeshAnswer send(String namespace, MeshRequest request) {
                return answer.apply(request);
            }

            @Override
            public TracedAnswer trace(String namespace, MeshRequest request) {
                return new TracedAnswer(answer.apply(request), new RoutingTrace(List.of()));
            }
        };
    }

    private static Socket connect(GatewayServer server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    /** What is there of the body by now, at least one byte; empty at its end. */
    private static String next(Body body) {
        try {
            byte[] bytes = new byte[100];
            int count = body.stream().read(bytes);
            return count < 0 ? "" : new String(bytes, 0, count, US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String until(InputStream stream, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int letter = stream.read();
            assertThat(letter).as("end of stream after: %s", text).isNotNegative();
            text.append((char) letter);
        }
        return text.toString();
    }
}

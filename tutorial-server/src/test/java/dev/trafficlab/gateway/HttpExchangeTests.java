package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.gateway.real.GatewayEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

class HttpExchangeTests {

    private final HttpExchange http = new HttpExchange();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CountDownLatch firstPieceRead = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestHeaders().forEach((name, values) -> received.add(name + ": " + values));
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add("body: " + new String(body, StandardCharsets.UTF_8));
            exchange.getResponseHeaders().add("x-served-by", "colors-v1-a");
            exchange.sendResponseHeaders(201, 0);
            exchange.getResponseBody().write("first ".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            await(firstPieceRead);
            exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAnswerIsReadAsItComes() throws Exception {
        AppResponse answer = http.send(way(), "lab.example", request("/", Headers.none(), Body.NONE));

        assertThat(answer.status()).isEqualTo(201);
        try (InputStream body = answer.body().stream()) {
            assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
            firstPieceRead.countDown();
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
        }
    }

    @Test
    void hostAndPathArriveAsMeantAndHopByHopHeadersDoNot() throws Exception {
        firstPieceRead.countDown();
        Headers headers = Headers.of("X-Mine", "1", "Transfer-Encoding", "chunked", "Content-Length", "77", "Upgrade",
                "h2c", "X-Forwarded-For", "203.0.113.9");

        http.send(way(), "lab.example", request("/a//b%2Fc?d=%7C|e", headers, Body.of("hello"))).body().close();

        List<String> told = List.copyOf(received);
        assertThat(told).contains("POST /a//b%2Fc?d=%7C%7Ce", "Host: [lab.example]", "X-mine: [1]", "body: hello",
                "Content-length: [5]", "X-forwarded-for: [203.0.113.9, 10.0.0.7]");
        assertThat(told).noneMatch(line -> line.startsWith("Upgrade") || line.startsWith("Transfer-encoding"));
    }

    @Test
    void aBodyOfUnknownLengthIsPassedOnAsItComes() throws Exception {
        firstPieceRead.countDown();
        PipedOutputStream sender = new PipedOutputStream();
        Body body = new Body.Arriving(new PipedInputStream(sender), OptionalLong.empty());
        Thread.startVirtualThread(() -> {
            try (sender) {
                sender.write("piece by piece".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                received.add(e.toString());
            }
        });

        http.send(way(), "lab.example", request("/", Headers.none(), body)).body().close();

        assertThat(received).contains("Transfer-encoding: [chunked]", "body: piece by piece");
    }

    private GatewayEndpoint way() {
        return new GatewayEndpoint("http://127.0.0.1:" + server.getAddress().getPort(), "a test's");
    }

    private static MeshRequest request(String target, Headers headers, Body body) {
        return new MeshRequest(new MeshRequest.FromOutside(80), "POST", "localhost", target, headers, "10.0.0.7:4711",
                body);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

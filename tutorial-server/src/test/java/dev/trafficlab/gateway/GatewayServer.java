package dev.trafficlab.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.WebServer;

import dev.trafficlab.gateway.connector.GatewayAddresses;
import dev.trafficlab.gateway.connector.LabHttpProtocol;
import dev.trafficlab.gateway.connector.PlainErrorReport;
import dev.trafficlab.limits.Limits;

/** A gateway on a real Tomcat, in front of a servlet that answers everything else; spoken to over raw sockets. */
final class GatewayServer implements AutoCloseable {

    static final String LAB = "lab-abcdefghij";

    final RecordingIngress ingress;
    final List<RequestListener.AnsweredRequest> told = new ArrayList<>();
    private final WebServer server;

    GatewayServer() {
        this(new RecordingIngress());
    }

    private GatewayServer(RecordingIngress recording) {
        this(recording, recording);
    }

    /** A gateway to another ingress, which keeps nothing. */
    static GatewayServer to(Ingress ingress) {
        return new GatewayServer(new RecordingIngress(), ingress);
    }

    private GatewayServer(RecordingIngress recording, Ingress ingress) {
        this.ingress = recording;
        var gateway = new Gateway(ingress, LAB::equals, new Limits(false).requests(), new LabShares(true,
                address -> true), List.of((lab, request, answer) -> told.add(answer)));
        var factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        var compression = new Compression();
        compression.setEnabled(true);
        factory.setCompression(compression);
        factory.addConnectorCustomizers(connector -> GatewayConfiguration.putInFront(connector, () -> gateway,
                () -> new GatewayAddresses("", "labs.example.org", LAB::equals), address -> true));
        factory.setProtocol(LabHttpProtocol.class.getName());
        PlainErrorReport.use(factory);
        server = factory.getWebServer(context -> context.addServlet("rest", new Rest()).addMapping("/"));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    /** Sends the bytes as they stand on a connection of their own and reads until the server closes it. */
    String exchange(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A request without body, its target as it stands. */
    String request(String method, String target, String... headers) throws IOException {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return exchange(method + " " + target + " HTTP/1.1\r\nHost: shop.example:8080\r\nConnection: close\r\n" + lines
                + "\r\n");
    }

    @Override
    public void close() {
        server.stop();
        server.destroy();
    }

    private static final class Rest extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("servlet " + request.getRequestURI());
        }
    }
}

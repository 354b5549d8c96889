package dev.trafficlab.walk;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** The packaged server as a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "tutorial-server.jar");

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the jar with the data directory at the port, and waits until it is ready. */
    static ServerProcess start(Path data, int port) throws IOException {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-jar", JAR
                .toString(),
                "--server.port=" + port, "--tutorial.data-dir=" + data).redirectErrorStream(true)
                .redirectOutput(data.resolveSibling("server-" + port + ".log").toFile())
                .start();
        ServerProcess server = new ServerProcess(process, port);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(server::ready);
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends the process at once, as {@code kill -9} does: nothing is flushed, nobody is told. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private boolean ready() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended with " + process.exitValue());
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI readiness = URI.create(address() + "/actuator/health/readiness");
            return client.send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}

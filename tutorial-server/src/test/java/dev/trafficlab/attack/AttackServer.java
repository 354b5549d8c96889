package dev.trafficlab.attack;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A tutorial server in a process of its own, to be attacked. */
final class AttackServer implements AutoCloseable {

    static final String PASSWORD = "secret-for-tests";

    /** Last line of a histogram of the classes of all objects that live. */
    private static final Pattern LIVE = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AttackServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a server with a gigabyte of heap whose data and log are in the folder, and waits until it is ready. */
    static AttackServer start(Path folder, String... settings) throws IOException {
        return start(folder, List.of("-Xmx1g"), settings);
    }

    /** Starts a server with options for its Java, whose data and log are in the folder, and waits until it is ready. */
    static AttackServer start(Path folder, List<String> javaOptions, String... settings) throws IOException {
        int port = freePort();
        Path log = folder.resolve("server-" + port + ".log");
        List<String> command = ServerProgram.packaged().command(javaOptions);
        command.addAll(List.of("--server.port=" + port, "--tutorial.data-dir=" + folder.resolve("data"),
                "--tutorial.pod-phase=20ms", "--tutorial.instructor-password=" + PASSWORD));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        AttackServer server = new AttackServer(process, port, log);
        try {
            Awaitility.await().atMost(Duration.ofMinutes(5)).until(server::isReady);
        } catch (ConditionTimeoutException | IllegalStateException neverReady) {
            process.destroyForcibly();
            throw neverReady;
        }
        return server;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that the server printed so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A lab of an attacker's own. */
    AttackLab newLab() {
        return AttackLab.make(this);
    }

    /** Sends one request, its headers as pairs of name and value; an answer that takes over two minutes fails the test. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends the bytes of the text (ISO 8859-1) as they are, and reads until the server closes or is silent for that long. */
    String raw(String text, Duration silence) throws IOException {
        return RawConnection.exchange(port, text.getBytes(StandardCharsets.ISO_8859_1), silence);
    }

    /** The bytes of all objects that live, counted right after a full collection. */
    long heapAfterCollection() throws IOException, InterruptedException {
        String histogram = jcmd("GC.class_histogram");
        Matcher total = LIVE.matcher(histogram);
        if (!total.find()) {
            throw new AssertionError("jcmd GC.class_histogram: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    /** How many threads of the operating system the server has. */
    long threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return tasks.count();
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(ServerProgram.java("jcmd"), Long.toString(pid()), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new AssertionError("jcmd " + command + ": " + output);
        }
        return output;
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + log());
        }
        try {
            HttpRequest readiness = HttpRequest.newBuilder(URI.create(address() + "/actuator/health/readiness"))
                    .build();
            return http.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.shutdownNow();
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}

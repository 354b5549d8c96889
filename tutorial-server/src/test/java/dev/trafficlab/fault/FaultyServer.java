package dev.trafficlab.fault;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.attack.ServerProgram;

import static org.assertj.core.api.Assertions.assertThat;

/** A tutorial server in a process of its own, on a folder that a test harms. */
final class FaultyServer implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(5);

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private FaultyServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** How a server is started. */
    record Launch(Path data, int port, ServerProgram program, List<String> javaOptions, String shellPrefix,
            List<String> settings) {

        static Launch on(Path data) throws IOException {
            return new Launch(data, freePort(), ServerProgram.packaged(), List.of("-Xmx256m"), "", List.of());
        }

        Launch of(ServerProgram other) {
            return new Launch(data, port, other, javaOptions, shellPrefix, settings);
        }

        Launch at(int other) {
            return new Launch(data, other, program, javaOptions, shellPrefix, settings);
        }

        Launch with(String... options) {
            return new Launch(data, port, program, List.of(options), shellPrefix, settings);
        }

        Launch setting(String... more) {
            return new Launch(data, port, program, javaOptions, shellPrefix, List.of(more));
        }

        /** Runs the shell command in the same process first, as {@code ulimit -n 64}. */
        Launch after(String command) {
            return new Launch(data, port, program, javaOptions, command + "; ", settings);
        }

        /** Starts the process, its log beside the temporary files. */
        FaultyServer begin() throws IOException {
            List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            options.addAll(javaOptions);
            List<String> command = program.command(options);
            command.addAll(List.of("--server.port=" + port, "--tutorial.data-dir=" + data,
                    "--tutorial.pod-phase=20ms", "--tutorial.instructor-password=secret-for-tests"));
            command.addAll(settings);
            List<String> shell = List.of("sh", "-c", shellPrefix + "exec \"$@\"", "sh");
            List<String> whole = new ArrayList<>(shell);
            whole.addAll(command);
            Path log = Files.createTempFile("server-" + port + "-", ".log");
            Process process = new ProcessBuilder(whole).redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new FaultyServer(process, port, log);
        }

        /** Starts the process and waits until it is ready. */
        FaultyServer ready() throws IOException {
            FaultyServer server = begin();
            try {
                server.awaitReady();
            } catch (ConditionTimeoutException | IllegalStateException neverReady) {
                server.process.destroyForcibly();
                throw neverReady;
            }
            return server;
        }
    }

    /** A lab and its secret. */
    record Lab(FaultyServer server, String id, String token) {

        String maps() {
            return "/kubernetes/api/v1/namespaces/" + id + "/configmaps";
        }

        /** Writes a ConfigMap by server-side apply. */
        HttpResponse<String> write(String name, String value) throws IOException, InterruptedException {
            return server.send("PATCH", maps() + "/" + name + "?fieldManager=test&force=true",
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"k":"%s"}}
                    """.formatted(name, value), "Authorization", "Bearer " + token, "Content-Type",
                    "application/apply-patch+yaml");
        }

        /** Applies a step, whatever comes of it. */
        HttpResponse<String> apply(String step) throws IOException, InterruptedException {
            return server.send("POST", "/api/v1/labs/" + id + "/steps/" + step + "/apply", "{}", "Authorization",
                    "Bearer " + token, "Content-Type", "application/json");
        }

        HttpResponse<String> read(String name) throws IOException, InterruptedException {
            return server.send("GET", maps() + "/" + name, "", "Authorization", "Bearer " + token);
        }

        HttpResponse<String> delete(String name) throws IOException, InterruptedException {
            return server.send("DELETE", maps() + "/" + name, "", "Authorization", "Bearer " + token);
        }

        /** The same lab on another server. */
        Lab on(FaultyServer other) {
            return new Lab(other, id, token);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void awaitReady() {
        Awaitility.await().atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ":\n" + log());
            }
            return health("readiness") == 200;
        });
    }

    /** The status of a probe; 0 when nobody answers. */
    int health(String group) throws InterruptedException {
        try {
            return send("GET", "/actuator/health/" + group, "").statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> makeLab() throws IOException, InterruptedException {
        return send("POST", "/api/v1/labs", "{}", "Content-Type", "application/json");
    }

    Lab lab() throws IOException, InterruptedException {
        HttpResponse<String> answer = makeLab();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return labOf(this, answer.body());
    }

    static Lab labOf(FaultyServer server, String answer) {
        JsonNode made = JsonMapper.shared().readTree(answer);
        return new Lab(server, made.get("id").asString(), made.get("token").asString());
    }

    HttpClient client() {
        return http;
    }

    int port() {
        return port;
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

    /** Waits for the process to end by itself; its exit status. */
    int awaitEnd(Duration patience) throws InterruptedException {
        assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)).as("ended:\n" + log()).isTrue();
        return process.exitValue();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** As {@code kill}: the process is asked to end. */
    void terminate() {
        process.destroy();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        http.shutdownNow();
    }
}

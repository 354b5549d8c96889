package dev.trafficlab.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;
import dev.trafficlab.embedded.ThreadLocalDice;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.store.StoreLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process that owns the store, without the pages, which start too slowly to be killed often: a cluster on a server's data folder
 * that says on standard output what it finds ({@code F writer number}), writes without end, and says what was acknowledged
 * ({@code A writer number}).
 */
final class KilledCluster {

    private static final String NAMESPACE = "killed";
    private static final int WRITERS = 3;

    private KilledCluster() {}

    /** Argument: the folder. */
    public static void main(String[] arguments) {
        EmbeddedCluster cluster = start(Path.of(arguments[0]));
        send(cluster, "POST", "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + NAMESPACE + "\"}}");
        PrintStream out = System.out;
        for (int writer = 0; writer < WRITERS; writer++) {
            int self = writer;
            long found = find(cluster, writer);
            out.println("F " + writer + " " + found);
            Thread.ofPlatform().start(() -> write(cluster, self, found + 1, out));
        }
    }

    private static long find(EmbeddedCluster cluster, int writer) {
        ApiResponse.Complete found = (ApiResponse.Complete) send(cluster, "GET", path(writer), "");
        return found.status() == 404 ? 0
                : Long.parseLong(new String(found.body(), StandardCharsets.UTF_8).replaceAll(
                        "(?s).*\"k\":\"(\\d+)\".*", "$1"));
    }

    private static EmbeddedCluster start(Path folder) {
        return EmbeddedCluster.start(new EmbeddedSettings(Optional.of(folder), Duration.ZERO, InstantSource.system(),
                new ThreadLocalDice(), Quota.unlimited(), StoreLimits.ofThisMachine()));
    }

    private static void write(EmbeddedCluster cluster, int writer, long first, PrintStream out) {
        for (long number = first;; number++) {
            String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"writer-" + writer
                    + "\"},\"data\":{\"k\":\"" + number + "\",\"ballast\":\"" + "x".repeat((int) (number * 37 % 3000))
                    + "\"}}";
            ApiResponse answer = send(cluster, "PATCH", path(writer) + "?fieldManager=test&force=true", body);
            if (answer.status() < 300) {
                out.println("A " + writer + " " + number);
            }
        }
    }

    private static String path(int writer) {
        return "/api/v1/namespaces/" + NAMESPACE + "/configmaps/writer-" + writer;
    }

    private static ApiResponse send(EmbeddedCluster cluster, String method, String path, String body) {
        String[] parts = (path + "?").split("\\?", -1);
        return cluster.api()
                .handle(new ApiRequest(method, parts[0], parts[1], Map.of("content-type", List.of(method.equals("PATCH")
                        ? "application/apply-patch+yaml"
                        : "application/json"), "accept", List.of("application/json")),
                        body.getBytes(StandardCharsets.UTF_8), new ApiRequest.Trusted(), ""));
    }

    /** Starts and kills the process so often; each one finds what the one before acknowledged. */
    static void killOften(Path folder, int kills, RandomGenerator random) throws IOException, InterruptedException {
        Map<Integer, Long> acknowledged = new TreeMap<>();
        for (int kill = 0; kill < kills; kill++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), KilledCluster.class.getName(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            listenAndKill(process, random.nextInt(5, 400), acknowledged);
        }
    }

    private static void listenAndKill(Process process, int most, Map<Integer, Long> acknowledged)
            throws IOException, InterruptedException {
        int count = 0;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            // Without its end a line was cut off by the death.
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                note(line.toString().trim().split(" "), acknowledged);
                line.setLength(0);
                if (++count == most) {
                    // The handle kills without closing the pipe, as Process itself would.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        assertThat(count).as("lines before the kill").isGreaterThanOrEqualTo(most);
    }

    private static void note(String[] words, Map<Integer, Long> acknowledged) {
        if (words.length != 3) {
            return;
        }
        int writer = Integer.parseInt(words[1]);
        long number = Long.parseLong(words[2]);
        if (words[0].equals("A")) {
            acknowledged.put(writer, number);
        } else if (words[0].equals("F")) {
            // One more may have been written that nobody was told of any more.
            long last = acknowledged.getOrDefault(writer, 0L);
            assertThat(number).as("writer " + writer + " finds its last write").isBetween(last, last + 1);
        }
    }
}

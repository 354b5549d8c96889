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
 * that writes without end, and says on standard output what was acknowledged ({@code A writer number}).
 */
final class KilledCluster {

    private static final String NAMESPACE = "killed";
    private static final int WRITERS = 3;

    private KilledCluster() {}

    /** Arguments: the folder, and for each writer the number to begin with. */
    public static void main(String[] arguments) {
        EmbeddedCluster cluster = start(Path.of(arguments[0]));
        send(cluster, "POST", "/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + NAMESPACE + "\"}}");
        PrintStream out = System.out;
        for (int writer = 0; writer < WRITERS; writer++) {
            int self = writer;
            Thread.ofPlatform().start(() -> write(cluster, self, Long.parseLong(arguments[1 + self]), out));
        }
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

    /** Starts and kills the process so often, and looks after each kill whether what was acknowledged is there. */
    static void killOften(Path folder, int kills, RandomGenerator random) throws IOException, InterruptedException {
        Map<Integer, Long> acknowledged = new TreeMap<>(Map.of(0, 0L, 1, 0L, 2, 0L));
        for (int kill = 0; kill < kills; kill++) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty(
                            "java.class.path"),
                    KilledCluster.class.getName(), folder.toString(), Long.toString(acknowledged.get(0) + 1),
                    Long.toString(acknowledged.get(1) + 1), Long.toString(acknowledged.get(2) + 1))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            listenAndKill(process, random.nextInt(5, 400), acknowledged);
            check(folder, acknowledged);
        }
    }

    private static void listenAndKill(Process process, int lines, Map<Integer, Long> acknowledged)
            throws IOException, InterruptedException {
        int count = 0;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                String[] words = line.toString().trim().split(" ");
                line.setLength(0);
                if (words[0].equals("A")) {
                    acknowledged.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                    if (++count == lines) {
                        // The handle kills without closing the pipe, as Process itself would.
                        process.toHandle().destroyForcibly();
                    }
                }
            }
        }
        process.waitFor();
        assertThat(count).as("writes acknowledged before the kill").isGreaterThanOrEqualTo(lines);
    }

    private static void check(Path folder, Map<Integer, Long> acknowledged) {
        try (EmbeddedCluster cluster = start(folder)) {
            acknowledged.replaceAll((writer, last) -> {
                ApiResponse.Complete found = (ApiResponse.Complete) send(cluster, "GET", path(writer), "");
                String json = new String(found.body(), StandardCharsets.UTF_8);
                long value = last == 0 && found.status() == 404 ? 0
                        : Long.parseLong(json.replaceAll("(?s).*\"k\":\"(\\d+)\".*", "$1"));
                assertThat(value).as(json).isBetween(last, last + 1);
                return value;
            });
        }
    }
}

package dev.trafficlab.attack;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A class that works for long: no request fails, and neither heap nor threads grow. How many learners and minutes may be set by the
 * system properties {@code soak.learners} and {@code soak.minutes}; the report is {@code target/load/soak.md}.
 */
class SoakLoadTests {

    private static final int LEARNERS = Integer.getInteger("soak.learners", 200);
    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 20));
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(500);
    /** The caches are full and the compilers are done by then. */
    private static final double WARM_UP = 0.2;

    @TempDir
    private Path folder;

    private final LongAdder sent = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Test
    void aClassAtWorkLeavesHeapAndThreadsAsTheyWere() throws IOException, InterruptedException {
        List<Look> looks = new ArrayList<>();
        try (AttackServer server = AttackServer.start(folder, List.of("-Xmx512m"), "--tutorial.limits.new-labs="
                + LEARNERS)) {
            List<AttackLab> labs = IntStream.range(0, LEARNERS).mapToObj(_ -> server.newLab().opened()).toList();
            try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                    var learners = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < labs.size(); i++) {
                    AttackLab lab = labs.get(i);
                    int[] turn = {i};
                    ScheduledFuture<?> _ = clock.scheduleAtFixedRate(() -> learners.execute(() -> work(lab, turn[0]++)),
                            BETWEEN_REQUESTS.toMillis() * i / labs.size(), BETWEEN_REQUESTS.toMillis(),
                            TimeUnit.MILLISECONDS);
                }
                look(server, looks);
            }
        }
        report(looks);
        assertThat(failures).isEmpty();
        List<Look> settled = looks.subList((int) (looks.size() * WARM_UP), looks.size());
        assertThat(Trend.of(settled.stream().map(look -> (double) look.heap()).toList()).growth()).as(
                "growth of the heap")
                .isLessThan(0.02);
        assertThat(Trend.of(settled.stream().map(look -> (double) look.threads()).toList()).growth())
                .as("growth in threads")
                .isLessThan(0.02);
    }

    private void look(AttackServer server, List<Look> looks) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LENGTH);
        int rounds = 20;
        for (int i = 0; i < rounds; i++) {
            TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), end).dividedBy(rounds - i).toMillis());
            looks.add(new Look(sent.sum(), server.heapAfterCollection(), server.threads()));
        }
    }

    /** One request in twenty is an edit, one a check, and so on; most go through the gateway. */
    private void work(AttackLab lab, int turn) {
        String api = "/api/v1/labs/" + lab.id();
        try {
            HttpResponse<String> answer = switch (turn % 20) {
                case 0 -> lab.put("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata: {turn: '%d'}\n"
                        .formatted(turn));
                case 4 -> lab.own("POST", api + "/steps/gateway/check", "{}", "application/json");
                case 8, 18 -> lab.own("GET", "/labs/" + lab.id() + "/steps/virtual-service", "", "text/plain");
                case 12, 14 -> lab.own("GET", api + "/split", "", "text/plain");
                case 16 -> lab.kube(lab.core() + "/pods");
                default -> lab.visit("/colors");
            };
            if (answer.statusCode() / 100 != 2) {
                failures.add(turn % 20 + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (AssertionError unreachable) {
            failures.add(turn % 20 + ": " + unreachable);
        }
        sent.increment();
    }

    private void report(List<Look> looks) throws IOException {
        var text = new StringBuilder("# %d learners, 2 requests a second each, %d minutes, -Xmx512m, %d processors%n%n"
                .formatted(
                        LEARNERS, LENGTH.toMinutes(), Runtime.getRuntime().availableProcessors()));
        text.append("| requests so far | heap after a collection, MiB | threads |\n|---|---|---|\n");
        looks.forEach(look -> text.append(String.format(Locale.ROOT, "| %d | %.1f | %d |%n", look.sent(), look.heap()
                / 1048576.0,
                look.threads())));
        text.append("\nFailures: ").append(failures.size()).append('\n');
        failures.stream().limit(20).forEach(failure -> text.append("- ").append(failure).append('\n'));
        Files.createDirectories(Path.of("target", "load"));
        Files.writeString(Path.of("target", "load", "soak.md"), text);
    }

    /** The server at one moment. */
    private record Look(long sent, long heap, long threads) {}

    /**
     * A straight line through measurements in equal distances, by least squares.
     *
     * @param start the line's value at the first
     * @param end its value at the last
     */
    private record Trend(double start, double end) {

        static Trend of(List<Double> values) {
            int n = values.size();
            double meanX = (n - 1) / 2.0;
            double meanY = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            double covariance = IntStream.range(0, n).mapToDouble(i -> (i - meanX) * (values.get(i) - meanY)).sum();
            double variance = IntStream.range(0, n).mapToDouble(i -> (i - meanX) * (i - meanX)).sum();
            double slope = variance == 0 ? 0 : covariance / variance;
            return new Trend(meanY - slope * meanX, meanY + slope * meanX);
        }

        double growth() {
            return end / start - 1;
        }
    }
}

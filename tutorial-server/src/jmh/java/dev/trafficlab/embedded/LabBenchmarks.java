package dev.trafficlab.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.store.StoreLimits;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What finished labs cost in one process: heap after a collection, threads, disk and time. Every lab is a namespace with all objects of
 * the course, five running pods with sidecars and a compiled mesh that has answered requests. Writes {@code target/bench/labs.md}.
 */
class LabBenchmarks {

    private static final List<Integer> LABS = List.of(100, 1_000);
    private static final List<String> MANIFESTS = List.of("services", "deployments", "gateway", "virtualservice",
            "destinationrule", "sticky");
    private static final int REQUESTS = 30;

    @TempDir
    private Path folder;

    @Test
    void writesTheTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Labs", "",
                "Java %s, %d processors, heap of at most %d MiB.".formatted(Runtime.version(), Runtime.getRuntime()
                        .availableProcessors(), mebibytes(Runtime.getRuntime().maxMemory())), "",
                "| labs | heap each (KiB) | heap in all (MiB) | threads | disk each (KiB) | a whole lab takes (ms) |",
                "|---:|---:|---:|---:|---:|---:|"));
        EmbeddedSettings settings = new EmbeddedSettings(Optional.of(folder), Duration.ZERO, InstantSource.system(),
                new ThreadLocalDice(), Quota.ofLab(), StoreLimits.ofThisMachine());
        try (TestCluster cluster = new TestCluster(settings)) {
            finish(cluster, "lab-warm-up");
            long heapBefore = heap();
            int finished = 0;
            for (int labs : LABS) {
                long start = System.nanoTime();
                int more = labs - finished;
                for (; finished < labs; finished++) {
                    finish(cluster, "lab-" + finished);
                }
                double millis = (System.nanoTime() - start) / 1e6 / more;
                long heap = heap();
                lines.add(String.format(Locale.ROOT, "| %d | %.1f | %d | %d | %.1f | %.1f |", labs, (heap - heapBefore)
                        / 1024.0 / labs, mebibytes(heap), ManagementFactory.getThreadMXBean().getThreadCount(), size()
                                / 1024.0 / labs, millis));
            }
        }
        Path report = Path.of("target", "bench", "labs.md");
        Files.createDirectories(report.getParent());
        Files.write(report, lines);
        assertThat(report).content().contains("| 1000 |");
    }

    private static void finish(TestCluster cluster, String lab) {
        cluster.namespace(lab);
        cluster.applyFile(lab, "namespace.yaml");
        MANIFESTS.forEach(manifest -> cluster.applyFile(lab, manifest + ".yaml"));
        cluster.awaitPods(lab, 5, 2);
        for (int i = 0; i < REQUESTS; i++) {
            cluster.fromOutside(lab, "/colors");
        }
    }

    /** Used heap once collections free nothing more: what is still under way at first is gone after some. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < 5; unchanged++) {
            System.gc();
            long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            if (used < least - 64 * 1024) {
                unchanged = 0;
            }
            least = Math.min(least, used);
        }
        return least;
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private long size() {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

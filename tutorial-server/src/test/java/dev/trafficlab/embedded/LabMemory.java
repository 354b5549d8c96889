package dev.trafficlab.embedded;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Measures what finished labs cost: heap after a collection, threads and time, for so many labs (first argument, 1000 unless given).
 * Every lab has all objects of the course, injected pods, a compiled mesh, and has answered requests.
 */
final class LabMemory {

    private LabMemory() {}

    public static void main(String[] arguments) throws Exception {
        int labs = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("lab-memory");
        EmbeddedSettings settings = new EmbeddedSettings(Optional.of(folder), Duration.ZERO, InstantSource.system(),
                new ThreadLocalDice());
        try (TestCluster cluster = new TestCluster(settings)) {
            finish(cluster, "lab-warm-up");
            long before = heap();
            long firstRevision = revision(cluster);
            long start = System.nanoTime();
            for (int i = 0; i < labs; i++) {
                finish(cluster, "lab-" + i);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long after = heap();
            System.out.printf(
                    "%d labs: %.1f KiB heap each, %.1f MiB in all, %d threads, %.1f ms and %d writes a lab, %.1f KiB on disk each%n",
                    labs,
                    (after - before) / 1024.0 / labs, after / 1048576.0, ManagementFactory.getThreadMXBean()
                            .getThreadCount(),
                    1000 * seconds / labs, (revision(cluster) - firstRevision) / labs, size(folder) / 1024.0 / labs);
            if (arguments.length > 1) {
                com.sun.management.HotSpotDiagnosticMXBean diagnostics = ManagementFactory
                        .getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class);
                diagnostics.dumpHeap(arguments[1], true);
            }
        }
    }

    private static void finish(TestCluster cluster, String lab) {
        cluster.namespace(lab);
        cluster.applyFile(lab, "namespace.yaml");
        for (String file : new String[]{"services", "deployments", "gateway", "virtualservice", "destinationrule"}) {
            cluster.applyFile(lab, file + ".yaml");
        }
        cluster.awaitPods(lab, 5, 2);
        for (int i = 0; i < 30; i++) {
            cluster.fromOutside(lab, "/colors");
        }
    }

    private static long revision(TestCluster cluster) {
        return cluster.get("/api/v1/nodes").at("/metadata/resourceVersion").asLong();
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(Duration.ofMillis(300));
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long size(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}

package dev.trafficlab.embedded.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Runs the mesh's benchmarks and writes their figures to {@code target/bench/mesh.md}. */
class MeshBenchmarks {

    private static final int TABLES = 10_000;

    @Test
    void writesTheTable() throws RunnerException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(DecisionBenchmark.class.getName())
                .addProfiler(GCProfiler.class).build()).run();
        List<String> lines = new ArrayList<>(List.of("# Mesh", "", machine(), "",
                "| what | objects | time (ns) | ± | allocated (B) |", "|---|---|---:|---:|---:|"));
        results.forEach(result -> lines.add(line(result)));
        lines.add("");
        lines.add(memory());
        Path report = Path.of("target", "bench", "mesh.md");
        Files.createDirectories(report.getParent());
        Files.write(report, lines);
        assertThat(results).isNotEmpty();
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + runtime.availableProcessors() + " processors.";
    }

    private static String line(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        return String.format(Locale.ROOT, "| %s | %s | %.1f | %.1f | %.1f |", time.getLabel(),
                result.getParams().getParam("objects"), time.getScore(), time.getScoreError(), bytes);
    }

    /** What compiled tables keep of the heap, beside the objects that they were compiled from. */
    private static String memory() {
        List<ObjectNode> objects = BenchmarkObjects.lab("sticky").objects();
        List<Mesh> meshes = new ArrayList<>(TABLES);
        long before = used();
        for (int i = 0; i < TABLES; i++) {
            Mesh mesh = new Mesh((address, port, request, timeout) -> {
                throw new Upstreams.UpstreamFailure(Upstreams.UpstreamFailure.Kind.REFUSED);
            }, new dev.trafficlab.embedded.ThreadLocalDice(), java.time.InstantSource.system());
            mesh.update(objects);
            meshes.add(mesh);
        }
        long bytes = (used() - before) / meshes.size();
        return "A mesh with the course's final objects keeps " + bytes + " bytes of heap (mean of " + TABLES + ").";
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

package dev.trafficlab.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a fuzz test did, written to {@code target/fuzz/NAME.md} when its JVM ends and it was fuzzing. */
public final class FuzzFigures {

    private final String name;
    private final long start = System.nanoTime();
    private final LongAdder executions = new LongAdder();
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private long slowest;

    private FuzzFigures(String name) {
        this.name = name;
    }

    /** Figures of the fuzz test of that name. */
    public static FuzzFigures of(String name) {
        FuzzFigures figures = new FuzzFigures(name);
        if (System.getenv("JAZZER_FUZZ") != null) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(figures::write));
        }
        return figures;
    }

    /** Counts one execution, by what came of it (a status, say) and how long it took. */
    public synchronized void count(String outcome, Duration took) {
        executions.increment();
        outcomes.computeIfAbsent(outcome, _ -> new LongAdder()).increment();
        slowest = Math.max(slowest, took.toMillis());
    }

    private void write() {
        long seconds = Math.max(1, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        StringBuilder text = new StringBuilder("# ").append(name).append("\n\n| figure | value |\n|---|---|\n");
        row(text, "executions", executions.sum());
        row(text, "seconds", seconds);
        row(text, "executions a second", executions.sum() / seconds);
        row(text, "slowest, ms", slowest);
        outcomes.forEach((outcome, count) -> row(text, outcome, count.sum()));
        try {
            Path folder = Files.createDirectories(Path.of("target", "fuzz"));
            Files.writeString(folder.resolve(name + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void row(StringBuilder text, String figure, long value) {
        text.append("| ").append(figure).append(" | ").append(value).append(" |\n");
    }
}

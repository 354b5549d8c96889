package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A program that runs as a child of this process, and no longer than it. What it says is in a file. */
final class Program implements AutoCloseable {

    private static final int LAST_WORDS = 12;

    private final Process process;
    private final Path log;
    private final Thread onExit;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.onExit = new Thread(process::destroyForcibly, "end of " + log.getFileName());
    }

    /** Starts the command; its output is appended to the file. */
    static Program start(Path log, List<String> command) {
        return start(log, Map.of(), command);
    }

    /** The same, with more variables in its environment; it works in the folder of its log. */
    static Program start(Path log, Map<String, String> variables, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .directory(Objects.requireNonNull(log.toAbsolutePath().getParent()).toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            Program program = new Program(process, log);
            Runtime.getRuntime().addShutdownHook(program.onExit);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException with the program's last words when it runs no more */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(log.getFileName() + " ended with " + process.exitValue() + ":\n"
                    + lastWords());
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, as a crash would, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException shuttingDown) {
            // the hook runs by itself
        }
    }
}

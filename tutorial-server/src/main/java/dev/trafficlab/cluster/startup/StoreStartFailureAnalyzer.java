package dev.trafficlab.cluster.startup;

import java.nio.file.Path;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.trafficlab.embedded.store.StoreStartException;

/** Tells what is wrong with the data folder, and what to do about it. */
class StoreStartFailureAnalyzer extends AbstractFailureAnalyzer<StoreStartException> {

    private static final String ANOTHER = "name another one with --tutorial.data-dir=…";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreStartException cause) {
        return new FailureAnalysis(what(cause), advice(cause), cause);
    }

    private static String what(StoreStartException cause) {
        Path file = cause.file();
        Path folder = file.getParent();
        return switch (cause.reason()) {
            case LOCKED -> "Another server already uses the data folder " + folder + ".";
            case NOT_A_FOLDER -> "The data folder " + folder
                    + " cannot be used, because a file is where a folder should be or "
                    + "the other way round.";
            case NOT_WRITABLE -> "This process may not write to the data folder " + folder + ".";
            case NO_SPACE -> "The disk of the data folder " + folder + " is full.";
            case TOO_MANY_OPEN_FILES -> "This process may not open enough files to use the data folder " + folder + ".";
            case TRUNCATED -> "The store " + file + " ends before the last write that was acknowledged.";
            case DAMAGED -> "The store " + file + " is damaged: it does not hold what was written to it.";
        };
    }

    private static String advice(StoreStartException cause) {
        return switch (cause.reason()) {
            case LOCKED -> "Stop the other server, or " + ANOTHER + ".";
            case NOT_A_FOLDER -> "Move the file away, or " + ANOTHER + ".";
            case NOT_WRITABLE -> "Give the server's user the right to write there, or " + ANOTHER + ".";
            case NO_SPACE -> "Free some space, or " + ANOTHER + ".";
            case TOO_MANY_OPEN_FILES -> "Raise the limit (ulimit -n 1024 or more) and start again.";
            case TRUNCATED, DAMAGED ->
                "Put a copy of the folder back, or move the file away to start with an empty cluster.";
        };
    }
}

package dev.trafficlab.embedded.runtime;

/** How the start of a container went. */
public sealed interface LaunchOutcome {

    /** It runs. */
    record Running() implements LaunchOutcome {}

    /**
     * It ended at once.
     *
     * @param exitCode its exit code
     * @param reason as the container's state names it: {@code Error}, {@code StartError}
     * @param message what the container runtime says of it, empty when only the container's log knows
     */
    record Exited(int exitCode, String reason, String message) implements LaunchOutcome {}
}

package dev.trafficlab.preflight;

/** What one look at the cluster found. */
public sealed interface PreflightFinding {

    /** What was looked for. */
    String subject();

    /** What was found. */
    String found();

    /** It is as it should be. */
    record Met(String subject, String found) implements PreflightFinding {}

    /** Labs work with it, though not in every way. The remedy says what to run for the rest. */
    record Limited(String subject, String found, String remedy) implements PreflightFinding {}

    /** Labs do not work like this. The remedy says what to run. */
    record Unmet(String subject, String found, String remedy) implements PreflightFinding {}

    /** What to run; empty where nothing is wrong. */
    default String advice() {
        return switch (this) {
            case Met met -> "";
            case Limited limited -> limited.remedy();
            case Unmet unmet -> unmet.remedy();
        };
    }

    /** {@code met}, {@code limited} or {@code unmet}. */
    default String state() {
        return switch (this) {
            case Met met -> "met";
            case Limited limited -> "limited";
            case Unmet unmet -> "unmet";
        };
    }
}

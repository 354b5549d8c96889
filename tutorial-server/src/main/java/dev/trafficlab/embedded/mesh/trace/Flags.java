package dev.trafficlab.embedded.mesh.trace;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Envoy's response flags in words. */
public final class Flags {

    private static final Map<String, String> MEANINGS = Map.of("NR", "no route", "NC", "no such cluster", "UH",
            "no healthy upstream", "UF", "upstream connection failure", "UC", "upstream connection termination", "UT",
            "upstream request timeout", "UO", "upstream overflow", "FI", "fault injected", "DI", "delay injected",
            "URX",
            "retries exhausted");

    private Flags() {}

    /** {@code " (NR: no route)"}; empty without flags. */
    public static String meaning(List<String> flags) {
        return flags.isEmpty()
                ? ""
                : flags.stream()
                        .map(flag -> flag + ": " + MEANINGS.getOrDefault(flag, "see Envoy's documentation"))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}

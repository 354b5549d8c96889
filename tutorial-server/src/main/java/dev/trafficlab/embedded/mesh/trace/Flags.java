package dev.trafficlab.embedded.mesh.trace;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Envoy's response flags in words. */
public final class Flags {

    private static final Map<String, String> MEANINGS = Map.ofEntries(Map.entry("NR", "no route"),
            Map.entry("NC", "no such cluster"),
            Map.entry("UH", "no healthy upstream"),
            Map.entry("UF", "upstream connection failure"),
            Map.entry("UC", "upstream connection termination"),
            Map.entry("UT", "upstream request timeout"),
            Map.entry("UO", "upstream overflow"),
            Map.entry("UPE", "upstream protocol error"),
            Map.entry("FI", "fault injected"),
            Map.entry("DI", "delay injected"),
            Map.entry("URX", "retries exhausted"));

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

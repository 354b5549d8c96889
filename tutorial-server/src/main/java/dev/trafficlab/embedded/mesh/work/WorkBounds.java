package dev.trafficlab.embedded.mesh.work;

import java.time.Duration;

/**
 * The limits of work inside one lab's mesh. Envoy has none of its own for most of these: there a loop runs until connections, ports or
 * time are used up. Here many meshes share one process, so each is stopped long before.
 */
public final class WorkBounds {

    /** How many proxies a request may pass one after the other. Real call chains are a handful long. */
    public static final int HOPS = 20;

    /** Calls of pods that one request may set off in all: retries, copies and calls between apps count. */
    public static final int CALLS = 200;

    /** Calls that every request may set off without being counted against its lab's share; the course's own need three. */
    public static final int FREE_CALLS = 20;

    /** Calls beyond the free ones that a lab may make in a second, and save up at most twice that. */
    public static final int EXTRA_CALLS_PER_SECOND = 500;

    /** Requests under way in one lab at a time; Envoy's circuit breakers allow 1,024 unless configured. */
    public static final int REQUESTS = 1_024;

    /** Copies, and work that apps do after their answers, under way in one lab at a time. */
    public static final int BACKGROUND = 128;

    /** The longest that an injected delay holds a request; a longer one ends here. Envoy gives up an idle stream after five minutes, too. */
    public static final Duration DELAY = Duration.ofMinutes(5);

    /** Steps of regular expressions (characters times the size of the program) that one request may need: about 50 ms. */
    public static final long REGEX_STEPS = 2_000_000;

    /** Steps that every request may need without being counted against its lab's share. */
    public static final long FREE_REGEX_STEPS = 20_000;

    /** Steps beyond the free ones that a lab may need in a second, and save up at most four times that. */
    public static final long EXTRA_REGEX_STEPS_PER_SECOND = 10_000_000;

    private WorkBounds() {}
}

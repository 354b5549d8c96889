package dev.trafficlab.traffic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

import dev.trafficlab.course.Experiment.VersionLook;

/**
 * Counts as percentages, with the wanted shares beside them. Counted is what was sent since the logs were last deleted, or since what
 * the lab's objects do with such requests last changed, whichever is later: old and new are never mixed.
 *
 * @param total requests counted
 * @param shares one entry a version, in the order of versions; a wanted version is listed even when it got nothing
 * @param fits whether the counts fit the wanted shares; empty while there is nothing to judge (nothing wanted, or too few requests)
 * @param p how likely counts as odd as these are where the wanted shares hold
 * @param missing how many requests more it takes to judge, 0 when there are enough
 * @param seen what became of the requests that passed this server meanwhile
 * @param looks how the course draws its versions, by their names
 */
public record Split(long total, List<Share> shares, Optional<Boolean> fits, OptionalDouble p, long missing,
        Seen seen, Map<String, VersionLook> looks) {

    public Split {
        shares = List.copyOf(shares);
        looks = Map.copyOf(looks);
    }

    /** A split of requests of which none failed. */
    public Split(long total, List<Share> shares, Optional<Boolean> fits, OptionalDouble p) {
        this(total, shares, fits, p, 0, Seen.NOTHING, Map.of());
    }

    /** Counts by version. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        shares.stream()
                .filter(share -> share.count() > 0)
                .forEach(share -> counts.merge(share.version(), share.count(), Long::sum));
        return counts;
    }

    /**
     * One version's share.
     *
     * @param color as the app reports it; its version where the app reports none
     * @param version the version label of its pods, empty when unknown
     * @param count requests counted
     * @param percent 0 to 100
     * @param low lower end of the shares that these counts fit, in percent
     * @param high upper end
     * @param weight the wanted share in percent, when the routes name one
     * @param copies mirrored requests that it got besides, whose answers nobody saw
     */
    public record Share(String color, String version, long count, double percent, double low, double high,
            OptionalInt weight, long copies) {

        /** A version without copies. */
        public Share(String color, String version, long count, double percent, double low, double high,
                OptionalInt weight) {
            this(color, version, count, percent, low, high, weight, 0);
        }
    }

    /**
     * What became of the requests that passed this server: those of the generator and those through the gateway.
     *
     * @param requests how many there were
     * @param failures those that failed, the most frequent first
     * @param tallyGone the name of the tally's Service when it does not answer although it should count, empty otherwise
     * @param running whether any pod of the subject runs
     */
    public record Seen(long requests, List<Failure> failures, String tallyGone, boolean running) {

        /** Nothing passed, and nothing is wrong. */
        public static final Seen NOTHING = new Seen(0, List.of(), "", true);

        public Seen {
            failures = List.copyOf(failures);
        }

        /** How many failed. */
        public long failed() {
            return failures.stream().mapToLong(Failure::count).sum();
        }
    }

    /** Requests that failed alike; the status is 0 where there was no answer. */
    public record Failure(int status, long count, Cause cause) {}

    /** Why requests failed. */
    public sealed interface Cause {

        /** Nobody listens: the reason says what is missing. */
        record NotListening(String reason) implements Cause {}

        /** No route takes them. */
        record NoRoute(String reason) implements Cause {}

        /** A rule says so: a redirect, an answer of its own, a fault. */
        record Rule(String rule) implements Cause {}

        /** The destination has no pod that is ready. */
        record NoReadyPod(String service, String subset) implements Cause {}

        /** The destination does not exist. */
        record NoSuchDestination(String reason) implements Cause {}

        /** The app itself answered so, in these versions. */
        record OwnAnswer(List<String> versions) implements Cause {
            public OwnAnswer {
                versions = List.copyOf(versions);
            }
        }

        /** The proxy says so, for another reason. */
        record Proxy() implements Cause {}
    }
}

package dev.trafficlab.traffic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Judges whether counts could well have come from wanted shares, by one rule for bands, p-value and verdict.
 *
 * <p>Each share is tested by the exact binomial test, at a level that keeps all of them together at {@value #LEVEL} (Bonferroni); the
 * bands are that test turned round (Clopper and Pearson). So the counts fit exactly if every wanted share lies within its band, and a
 * right split is called wrong once in a thousand times at most.
 */
public final class GoodnessOfFit {

    /** How often a right split may be called wrong. */
    public static final double LEVEL = 0.001;

    /** Until the smallest wanted share is expected so often, there are too few counts to tell. */
    private static final double LEAST_EXPECTED = 5;

    private static final double MOST = 1e9;

    private final Map<String, Long> counts;
    private final Map<String, Double> shares;
    private final long total;
    private final int tests;

    private GoodnessOfFit(Map<String, Long> given, Map<String, Double> shares) {
        this.counts = bounded(given);
        this.shares = normalized(shares);
        this.total = counts.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Object> all = new LinkedHashMap<>(counts);
        all.putAll(shares);
        this.tests = Math.max(1, all.size());
    }

    /**
     * The test of these counts against shares in proportion to each other.
     *
     * @param shares wanted shares by name; without any, there are bands only
     */
    public static GoodnessOfFit of(Map<String, Long> counts, Map<String, ? extends Number> shares) {
        Map<String, Double> wanted = new LinkedHashMap<>();
        shares.forEach((name, share) -> wanted.put(name, share.doubleValue()));
        return new GoodnessOfFit(counts, wanted);
    }

    /** Counts beyond a thousand million, which only a stranger's tally can name, are judged by their proportions. */
    private static Map<String, Long> bounded(Map<String, Long> given) {
        double sum = given.values().stream().mapToDouble(Long::doubleValue).sum();
        Map<String, Long> counts = new LinkedHashMap<>();
        given.forEach((name, count) -> counts.put(name, sum <= MOST ? count : (long) (count / sum * MOST)));
        return counts;
    }

    private static Map<String, Double> normalized(Map<String, Double> shares) {
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> normalized = new LinkedHashMap<>();
        if (sum > 0) {
            shares.forEach((name, share) -> normalized.put(name, share / sum));
        }
        return normalized;
    }

    /** How likely counts as odd as these, or odder, are; empty where there is nothing to judge, or too little. */
    public OptionalDouble p() {
        if (shares.isEmpty() || total == 0) {
            return OptionalDouble.empty();
        }
        boolean impossible = counts.entrySet()
                .stream()
                .anyMatch(count -> count.getValue() > 0 && share(count.getKey()) <= 0);
        if (impossible) {
            return OptionalDouble.of(0);
        }
        if (missing() > 0) {
            return OptionalDouble.empty();
        }
        double least = shares.keySet().stream().mapToDouble(this::p).min().orElse(1);
        return OptionalDouble.of(Math.min(1, tests * least));
    }

    /** Whether the counts fit; false where it cannot be told. */
    public boolean fits() {
        return p().orElse(0) >= LEVEL;
    }

    /** How many counts more it takes to judge; 0 when there are enough. */
    public long missing() {
        double least = shares.values().stream().filter(share -> share > 0).mapToDouble(share -> share).min().orElse(1);
        return Math.max(0, (long) Math.ceil(LEAST_EXPECTED / least - 1e-9) - total);
    }

    /** The shares that the counts of the name fit, from 0 to 1. */
    public Band band(String name) {
        return band(counts.getOrDefault(name, 0L), total, LEVEL / tests);
    }

    /** The shares from which so many of all come as likely as the level says. */
    static Band band(long count, long total, double level) {
        if (total == 0) {
            return new Band(0, 1);
        }
        double low = count == 0 ? 0
                : BetaDistribution.of(count, total - count + 1.0).inverseCumulativeProbability(level / 2);
        double high = count == total ? 1
                : BetaDistribution.of(count + 1.0, total - count).inverseSurvivalProbability(level / 2);
        return new Band(low, high);
    }

    /** Whether a count could well come from at least this share (0 to 1) of so many. */
    public static boolean reaches(long count, long total, double share) {
        return total > 0 && BinomialDistribution.of((int) total, share).cumulativeProbability((int) count) >= LEVEL;
    }

    /** Whether a count could well come from at most this share (0 to 1) of so many. */
    public static boolean keepsWithin(long count, long total, double share) {
        return total > 0 && BinomialDistribution.of((int) total, share).survivalProbability((int) count - 1) >= LEVEL;
    }

    private double p(String name) {
        double share = share(name);
        int count = Math.toIntExact(counts.getOrDefault(name, 0L));
        if (share <= 0 || share >= 1) {
            return count == Math.round(share * total) ? 1 : 0;
        }
        BinomialDistribution wanted = BinomialDistribution.of(Math.toIntExact(total), share);
        return Math.min(1, 2 * Math.min(wanted.cumulativeProbability(count), wanted.survivalProbability(count - 1)));
    }

    private double share(String name) {
        return shares.getOrDefault(name, 0.0);
    }

    /** A range of shares, 0 to 1. */
    public record Band(double low, double high) {}
}

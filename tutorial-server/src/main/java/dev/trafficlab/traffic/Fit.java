package dev.trafficlab.traffic;

import java.util.OptionalDouble;

import org.apache.commons.statistics.inference.ChiSquareTest;

/** Whether counts look like the weights they were drawn by. */
final class Fit {

    /** Below it, what was counted is too unlikely a draw from the weights wanted. */
    static final double LEAST_P = 0.001;

    /** The rule of thumb under which a chi-square test means little. */
    private static final double LEAST_EXPECTED = 5;

    private Fit() {}

    /**
     * The p-value of a chi-square test; empty while there are too few counts to tell. A count where no weight is settles the
     * matter at once.
     */
    static OptionalDouble p(double[] weights, long[] counts) {
        long total = 0;
        int wanted = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] <= 0 && counts[i] > 0) {
                return OptionalDouble.of(0);
            }
            if (weights[i] > 0) {
                wanted++;
                least = Math.min(least, weights[i]);
            }
            total += counts[i];
        }
        if (wanted == 0 || total * least / sum(weights) < LEAST_EXPECTED) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(wanted == 1 ? 1 : test(weights, counts, wanted));
    }

    private static double test(double[] weights, long[] counts, int wanted) {
        double[] expected = new double[wanted];
        long[] observed = new long[wanted];
        for (int i = 0, next = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                expected[next] = weights[i];
                observed[next++] = counts[i];
            }
        }
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue();
    }

    private static double sum(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }
}

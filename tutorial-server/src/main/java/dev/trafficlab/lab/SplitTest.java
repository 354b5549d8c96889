package dev.trafficlab.lab;

import java.util.List;
import java.util.Map;

import org.apache.commons.statistics.inference.ChiSquareTest;

/** Judges whether counts could well have come from wanted shares. */
final class SplitTest {

    /** A right split is called wrong once in a thousand times. */
    private static final double SIGNIFICANCE = 0.001;

    private SplitTest() {}

    /** Whether a chi-square test finds nothing against it; what has no share must have no count either. */
    static boolean fits(Map<String, Long> counts, Map<String, Integer> shares) {
        List<String> wanted = shares.keySet()
                .stream()
                .filter(version -> shares.getOrDefault(version, 0) > 0)
                .sorted()
                .toList();
        if (wanted.isEmpty() || !wanted.containsAll(counts.keySet())) {
            return false;
        }
        if (wanted.size() == 1) {
            return true;
        }
        double[] expected = wanted.stream().mapToDouble(version -> shares.getOrDefault(version, 0)).toArray();
        long[] observed = wanted.stream().mapToLong(version -> counts.getOrDefault(version, 0L)).toArray();
        return ChiSquareTest.withDefaults().test(expected, observed).getPValue() >= SIGNIFICANCE;
    }
}

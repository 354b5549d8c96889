package dev.trafficlab.embedded.mesh;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** For random weights, subsets and numbers of pods the split that is seen fits the split that is asked for. */
class SplitTests {

    private static final int REQUESTS = 6_000;
    private static final int ROUNDS = 25;
    /** One in a thousand for all rounds together. */
    private static final double LEAST_P = 0.001 / ROUNDS;
    private static final String[] VERSIONS = {"v1", "v2", "v3"};

    static Stream<Long> seeds() {
        return new SplittableRandom(20260101).longs(ROUNDS).boxed();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void fits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] weights = {random.nextInt(200), random.nextInt(200), 1 + random.nextInt(200)};
        int total = weights[0] + weights[1] + weights[2];
        StringBuilder routes = new StringBuilder();
        CourseLab lab = CourseLab.started(random.nextLong()).apply("gateway.yaml").apply("destinationrule.yaml");
        for (int i = 0; i < VERSIONS.length; i++) {
            lab.scale("colors-" + VERSIONS[i], 1 + random.nextInt(5));
            routes.append("    - {destination: {host: colors, subset: ")
                    .append(VERSIONS[i])
                    .append("}, weight: ")
                    .append(weights[i])
                    .append("}\n");
        }
        lab.with("""
                 kind: VirtualService
                 metadata: {name: colors}
                 spec:
                   hosts: ["*"]
                   gateways: [my-gateway]
                   http:
                   - route:
                 """ + routes).ready();

        Map<String, Long> counts = lab.count(REQUESTS, CourseLab.request("/"));

        double[] expected = new double[VERSIONS.length];
        long[] observed = new long[VERSIONS.length];
        for (int i = 0; i < VERSIONS.length; i++) {
            // A weight of 0 must never be drawn; the test needs a positive expectation, the count decides.
            expected[i] = Math.max(1e-9, (double) REQUESTS * weights[i] / total);
            observed[i] = counts.getOrDefault("colors-" + VERSIONS[i], 0L);
        }
        assertThat(counts.keySet()).isSubsetOf("colors-v1", "colors-v2", "colors-v3");
        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue()).isGreaterThan(LEAST_P);
    }
}

package dev.trafficlab.traffic;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FitTests {

    @Test
    void chiSquareHasItsKnownValue() {
        double[] fairDie = {1, 1, 1, 1, 1, 1};
        long[] rolls = {5, 8, 9, 8, 10, 20};

        assertThat(Fit.p(fairDie, rolls).getAsDouble()).isCloseTo(0.0199, within(1e-4));
    }

    @Test
    void countsInTheWeightsOwnProportionFitPerfectly() {
        assertThat(Fit.p(new double[]{0.1, 0.3, 0.6}, new long[]{100, 300, 600}).getAsDouble()).isCloseTo(1, within(
                1e-9));
    }

    @Test
    void evenCountsDoNotFitUnevenWeights() {
        assertThat(Fit.p(new double[]{0.1, 0.3, 0.6}, new long[]{333, 333, 334}).getAsDouble()).isLessThan(Fit.LEAST_P);
    }

    @Test
    void tooFewCountsTellNothing() {
        assertThat(Fit.p(new double[]{0.1, 0.9}, new long[]{5, 44})).isEmpty();
        assertThat(Fit.p(new double[]{0.1, 0.9}, new long[]{5, 45})).isPresent();
    }

    @Test
    void countWithoutAWeightNeverFits() {
        assertThat(Fit.p(new double[]{1, 0}, new long[]{1, 1})).hasValue(0);
    }

    @Test
    void onlyWantedVersionFitsWhenItGotEverything() {
        assertThat(Fit.p(new double[]{0, 1}, new long[]{0, 50})).hasValue(1);
    }
}

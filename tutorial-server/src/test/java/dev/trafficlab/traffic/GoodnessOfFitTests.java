package dev.trafficlab.traffic;

import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GoodnessOfFitTests {

    private static final Map<String, Integer> WANTED = Map.of("v1", 10, "v2", 30, "v3", 60);

    @Test
    void countsInProportionFit() {
        GoodnessOfFit fit = GoodnessOfFit.of(Map.of("v1", 100L, "v2", 300L, "v3", 600L), WANTED);
        assertThat(fit.p()).hasValue(1);
        assertThat(fit.fits()).isTrue();
    }

    @Test
    void sharesStandInProportionToEachOther() {
        Map<String, Long> counts = Map.of("v1", 33L, "v2", 30L, "v3", 37L);
        assertThat(GoodnessOfFit.of(counts, Map.of("v1", 1, "v2", 1, "v3", 1)).p()).isEqualTo(GoodnessOfFit.of(counts,
                Map.of("v1", 33, "v2", 33, "v3", 33)).p());
    }

    @Test
    void anEvenSplitDoesNotFitWeights() {
        GoodnessOfFit fit = GoodnessOfFit.of(Map.of("v1", 66L, "v2", 67L, "v3", 67L), WANTED);
        assertThat(fit.p().orElseThrow()).isLessThan(GoodnessOfFit.LEVEL);
        assertThat(fit.fits()).isFalse();
    }

    @Test
    void aCountWhereNothingIsWantedSettlesTheMatter() {
        assertThat(GoodnessOfFit.of(Map.of("v1", 1L, "v9", 1L), Map.of("v1", 1)).p()).hasValue(0);
        assertThat(GoodnessOfFit.of(Map.of("v1", 9L, "v2", 1L), Map.of("v1", 100, "v2", 0)).p()).hasValue(0);
    }

    @Test
    void tooFewCountsAreNotJudgedAndItIsSaidHowManyAreMissing() {
        GoodnessOfFit fit = GoodnessOfFit.of(Map.of("v1", 1L, "v3", 9L), WANTED);
        assertThat(fit.p()).isEmpty();
        assertThat(fit.fits()).isFalse();
        assertThat(fit.missing()).isEqualTo(40);
        assertThat(GoodnessOfFit.of(Map.of("v3", 4L), Map.of("v3", 1)).missing()).isEqualTo(1);
    }

    @Test
    void aWantedShareThatGotNothingDoesNotFit() {
        assertThat(GoodnessOfFit.of(Map.of("v1", 40L, "v2", 60L), WANTED).fits()).isFalse();
    }

    @Test
    void theSplitFitsExactlyIfEveryWantedShareLiesWithinItsBand() {
        SplittableRandom dice = new SplittableRandom(7);
        for (int run = 0; run < 3_000; run++) {
            long first = dice.nextInt(20, 140);
            long second = dice.nextInt(20, 140);
            GoodnessOfFit fit = GoodnessOfFit.of(Map.of("a", first, "b", second), Map.of("a", 1, "b", 2));
            GoodnessOfFit.Band band = fit.band("a");
            GoodnessOfFit.Band other = fit.band("b");
            boolean within = band.low() <= 1 / 3.0 && 1 / 3.0 <= band.high() && other.low() <= 2 / 3.0
                    && 2 / 3.0 <= other.high();
            assertThat(fit.fits()).as("%d of %d", first, first + second).isEqualTo(within);
        }
    }

    @Test
    void aRightSplitIsCalledWrongOnceInAThousandTimesAtMost() {
        SplittableRandom dice = new SplittableRandom(42);
        int wrong = 0;
        for (int run = 0; run < 5_000; run++) {
            long[] counts = new long[3];
            for (int i = 0; i < 200; i++) {
                int roll = dice.nextInt(100);
                counts[roll < 10 ? 0 : roll < 40 ? 1 : 2]++;
            }
            wrong += GoodnessOfFit.of(Map.of("v1", counts[0], "v2", counts[1], "v3", counts[2]), WANTED).fits() ? 0
                    : 1;
        }
        assertThat(wrong).isLessThanOrEqualTo(12);
    }

    @Test
    void aBandHoldsTheShareSeenAndNarrowsWithMoreCounts() {
        GoodnessOfFit few = GoodnessOfFit.of(Map.of("v1", 10L, "v2", 90L), Map.of());
        GoodnessOfFit many = GoodnessOfFit.of(Map.of("v1", 1_000L, "v2", 9_000L), Map.of());
        assertThat(few.band("v1").low()).isBetween(0.0, 0.1);
        assertThat(few.band("v1").high()).isBetween(0.1, 0.3);
        assertThat(many.band("v1").high() - many.band("v1").low()).isLessThan(few.band("v1").high() - few.band("v1")
                .low());
        assertThat(GoodnessOfFit.of(Map.of(), Map.of("v1", 1)).band("v1")).isEqualTo(new GoodnessOfFit.Band(0, 1));
    }

    @Test
    void whatAStrangersTallyNamesIsJudgedByItsProportions() {
        GoodnessOfFit fit = GoodnessOfFit.of(Map.of("v1", Long.MAX_VALUE / 2, "v2", Long.MAX_VALUE / 2), Map.of("v1", 1,
                "v2", 1));
        assertThat(fit.fits()).isTrue();
    }

    @Test
    void reachesAndKeepsWithinAllowForChance() {
        assertThat(GoodnessOfFit.reaches(195, 200, 0.99)).isTrue();
        assertThat(GoodnessOfFit.reaches(180, 200, 0.99)).isFalse();
        assertThat(GoodnessOfFit.keepsWithin(5, 200, 0.01)).isTrue();
        assertThat(GoodnessOfFit.keepsWithin(20, 200, 0.01)).isFalse();
        assertThat(GoodnessOfFit.reaches(0, 0, 0.5)).isFalse();
    }
}

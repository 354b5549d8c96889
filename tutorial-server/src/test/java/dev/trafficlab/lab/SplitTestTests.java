package dev.trafficlab.lab;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SplitTestTests {

    @Test
    void countsNearTheSharesFit() {
        assertThat(SplitTest.fits(Map.of("v1", 108L, "v2", 290L, "v3", 602L), Map.of("v1", 10, "v2", 30, "v3", 60)))
                .isTrue();
    }

    @Test
    void countsFarFromTheSharesDoNot() {
        assertThat(SplitTest.fits(Map.of("v1", 333L, "v2", 333L, "v3", 334L), Map.of("v1", 10, "v2", 30, "v3", 60)))
                .isFalse();
    }

    @Test
    void sharesNeedNotAddUpToAHundred() {
        assertThat(SplitTest.fits(Map.of("v1", 100L, "v2", 100L, "v3", 100L), Map.of("v1", 33, "v2", 33, "v3", 33)))
                .isTrue();
    }

    @Test
    void aVersionThatNobodyWantsMustHaveNoCount() {
        assertThat(SplitTest.fits(Map.of("v1", 500L, "v2", 1L), Map.of("v1", 100, "v2", 0))).isFalse();
        assertThat(SplitTest.fits(Map.of("v1", 500L), Map.of("v1", 100, "v2", 0))).isTrue();
    }

    @Test
    void aWantedVersionWithoutCountIsMissed() {
        assertThat(SplitTest.fits(Map.of("v1", 50L, "v2", 50L), Map.of("v1", 33, "v2", 33, "v3", 33))).isFalse();
    }
}

package dev.trafficlab.traffic;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SplitsTests {

    private static final VersionCatalog WEIGHTED = palette(tint("indigo", "v3", 0.6), tint("crimson", "v1", 0.1), tint(
            "lightseagreen", "v2", 0.3));

    @Test
    void sharesComeInTheOrderOfVersionsWithTheirWeights() {
        Split split = Splits.of(Map.of("crimson", 101L, "lightseagreen", 302L, "indigo", 597L), WEIGHTED);

        assertThat(split.total()).isEqualTo(1000);
        assertThat(split.colors()).extracting(Split.Share::version).containsExactly("v1", "v2", "v3");
        assertThat(split.colors()).extracting(Split.Share::weight)
                .containsExactly(OptionalInt.of(10), OptionalInt.of(30),
                        OptionalInt.of(60));
        assertThat(split.colors().getFirst().percent()).isCloseTo(10.1, within(1e-9));
        assertThat(split.fits()).hasValue(true);
    }

    @Test
    void percentageLiesInItsInterval() {
        Split split = Splits.of(Map.of("crimson", 7L, "indigo", 13L), WEIGHTED);

        assertThat(split.colors()).allSatisfy(share -> assertThat(share.percent()).isBetween(share.low(), share
                .high()));
    }

    @Test
    void wantedVersionIsListedThoughItGotNothing() {
        Split split = Splits.of(Map.of(), WEIGHTED);

        assertThat(split.colors()).hasSize(3).allSatisfy(share -> assertThat(share.count()).isZero());
        assertThat(split.fits()).isEmpty();
    }

    @Test
    void withoutWeightsThereIsNothingToFit() {
        Split split = Splits.of(Map.of("crimson", 100L), palette(tint("crimson", "v1", -1), tint("indigo", "v3", -1)));

        assertThat(split.fits()).isEmpty();
        assertThat(split.p()).isEmpty();
        assertThat(split.colors()).extracting(Split.Share::weight).containsOnly(OptionalInt.empty());
    }

    @Test
    void colorNobodyKnowsComesLastAndDoesNotFit() {
        Split split = Splits.of(Map.of("aqua", 1L, "crimson", 100L, "lightseagreen", 300L, "indigo", 600L), WEIGHTED);

        assertThat(split.colors().getLast().color()).isEqualTo("aqua");
        assertThat(split.fits()).hasValue(false);
    }

    @Test
    void deploymentsOfOneColorAreOneShare() {
        Split split = Splits.of(Map.of("red", 4L), palette(tint("red", "v1", 0.25), tint("red", "v2", 0.75)));

        assertThat(split.colors()).singleElement().satisfies(share -> {
            assertThat(share.version()).isEqualTo("v1, v2");
            assertThat(share.weight()).hasValue(100);
        });
    }

    @Test
    void tenthVersionComesAfterTheSecond() {
        Split split = Splits.of(Map.of(), palette(tint("a", "v10", -1), tint("b", "v2", -1), tint("c", "", -1), tint(
                "d", "canary", -1)));

        assertThat(split.colors()).extracting(Split.Share::version).containsExactly("canary", "v2", "v10", "");
    }

    private static VersionCatalog palette(VersionCatalog.Version... tints) {
        return new VersionCatalog(List.of(tints));
    }

    private static VersionCatalog.Version tint(String color, String version, double weight) {
        return new VersionCatalog.Version(color, version, weight < 0 ? OptionalDouble.empty()
                : OptionalDouble.of(weight));
    }
}

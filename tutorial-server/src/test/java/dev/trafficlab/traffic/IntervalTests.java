package dev.trafficlab.traffic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class IntervalTests {

    /** Known values of the 95 % score interval. */
    @ParameterizedTest
    @CsvSource({"0,10,0,0.277533", "1,1,0.206549,1", "10,100,0.055229,0.174367", "50,100,0.403832,0.596168",
        "300,1000,0.272405,0.329125"})
    void wilsonsIntervalHasItsKnownValues(long count, long total, double low, double high) {
        Interval interval = Interval.wilson(count, total);

        assertThat(interval.low()).isCloseTo(low, within(1e-5));
        assertThat(interval.high()).isCloseTo(high, within(1e-5));
    }

    @Test
    void nothingCountedTellsNothing() {
        assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
    }
}

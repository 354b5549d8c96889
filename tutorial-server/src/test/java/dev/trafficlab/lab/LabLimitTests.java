package dev.trafficlab.lab;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LabLimitTests {

    @Test
    void labsThatWereThereBeforeCount() {
        LabLimit limit = new LabLimit(3, () -> 2);
        limit.take();
        assertThatExceptionOfType(LabsFullException.class).isThrownBy(limit::take).withMessageContaining("All 3 labs");
    }

    @Test
    void aPlaceGivenBackCanBeTakenAgain() {
        LabLimit limit = new LabLimit(1, () -> 0);
        limit.take();
        limit.giveBack();
        assertThatCode(limit::take).doesNotThrowAnyException();
    }

    @Test
    void aCensusCorrectsTheCount() {
        LabLimit limit = new LabLimit(5, () -> 5);
        assertThatExceptionOfType(LabsFullException.class).isThrownBy(limit::take);
        limit.count(4);
        assertThatCode(limit::take).doesNotThrowAnyException();
    }
}

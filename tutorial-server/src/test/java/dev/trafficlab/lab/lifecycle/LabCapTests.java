package dev.trafficlab.lab.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.LabsFullException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LabCapTests {

    @Test
    void labsThatWereThereBeforeCount() {
        LabCap limit = new LabCap(3, () -> 2, true);
        limit.take();
        assertThatExceptionOfType(LabsFullException.class).isThrownBy(limit::take).withMessageContaining("All 3 labs");
    }

    @Test
    void aPlaceGivenBackCanBeTakenAgain() {
        LabCap limit = new LabCap(1, () -> 0, true);
        limit.take();
        limit.giveBack();
        assertThatCode(limit::take).doesNotThrowAnyException();
    }

    @Test
    void amongReplicasEveryNewLabIsCountedAfresh() {
        AtomicInteger labs = new AtomicInteger();
        LabCap limit = new LabCap(2, labs::get, false);
        limit.take();
        labs.set(2);
        assertThatExceptionOfType(LabsFullException.class).isThrownBy(limit::take);
        labs.set(1);
        assertThatCode(limit::take).doesNotThrowAnyException();
    }

    @Test
    void aCensusCorrectsTheCount() {
        LabCap limit = new LabCap(5, () -> 5, true);
        assertThatExceptionOfType(LabsFullException.class).isThrownBy(limit::take);
        limit.count(4);
        assertThatCode(limit::take).doesNotThrowAnyException();
    }
}

package dev.trafficlab.traffic;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TallyCatchUpTests {

    private final AtomicLong total = new AtomicLong(7);

    @Test
    void returnsOnceEverythingExpectedIsCounted() {
        var settling = new TallyCatchUp(total::getAndIncrement, InstantSource.system(), Duration.ofMillis(2));
        expect(settling, 10, 200, "v1");

        settling.await();

        assertThat(total.get()).isGreaterThanOrEqualTo(17);
    }

    @Test
    void answersThatNobodyCountsAreNotWaitedFor() {
        var settling = new TallyCatchUp(total::get, new ManualClock(), Duration.ofMillis(2));
        expect(settling, 5, 200, "");
        expect(settling, 5, 503, "v1");

        settling.await();

        assertThat(total.get()).isEqualTo(7);
    }

    @Test
    void givesUpOnATallyThatStandsStill() {
        var settling = new TallyCatchUp(total::get, InstantSource.system(), Duration.ofMillis(2));
        expect(settling, 1, 200, "v1");

        settling.await();

        assertThat(total.get()).isEqualTo(7);
    }

    private static void expect(TallyCatchUp settling, int count, int status, String version) {
        for (int i = 0; i < count; i++) {
            settling.expect(new AnsweredRequest(status, version, List.of()));
        }
    }
}

package dev.trafficlab.traffic.tally;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class TallyCatchUpTests {

    private final AtomicLong total = new AtomicLong(7);

    @Test
    void returnsOnceEverythingExpectedIsCounted() {
        var settling = new TallyCatchUp(total::getAndIncrement, labels -> labels.containsKey("version"), InstantSource
                .system(), Duration.ofMillis(2));
        expect(settling, 10, 200, "v1");

        settling.await();

        assertThat(total.get()).isGreaterThanOrEqualTo(17);
    }

    @Test
    void answersThatNobodyCountsAreNotWaitedFor() {
        var settling = new TallyCatchUp(total::get, labels -> labels.containsKey("version"), new ManualClock(), Duration
                .ofMillis(2));
        expect(settling, 5, 200, "");
        expect(settling, 5, 503, "v1");

        settling.await();

        assertThat(total.get()).isEqualTo(7);
    }

    @Test
    void givesUpOnATallyThatStandsStill() {
        var settling = new TallyCatchUp(total::get, labels -> labels.containsKey("version"), InstantSource.system(),
                Duration.ofMillis(2));
        expect(settling, 1, 200, "v1");

        settling.await();

        assertThat(total.get()).isEqualTo(7);
    }

    private static void expect(TallyCatchUp settling, int count, int status, String version) {
        for (int i = 0; i < count; i++) {
            settling.expect(new AnsweredRequest(status, true, version.isEmpty() ? Map.of()
                    : Map.of("version",
                            version), List.of()));
        }
    }
}

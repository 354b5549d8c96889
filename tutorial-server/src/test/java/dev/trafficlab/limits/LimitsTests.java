package dev.trafficlab.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitsTests {

    private final Clock clock = new Clock();
    private final Limits limits = new Limits(new Limits(true).settings(), clock);

    @Test
    void aClassStartsAtOnceAndWhoComesLaterWaitsInTurn() {
        for (int i = 0; i < 300; i++) {
            assertThat(limits.starts().reserve("class", Duration.ofMinutes(10))).isZero();
        }

        assertThat(limits.starts().reserve("class", Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(1));
        assertThat(limits.starts().reserve("class", Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(2));
        assertThat(limits.starts().reserve("others", Duration.ofMinutes(10))).isZero();
    }

    @Test
    void theLineIsNoLongerThanTheWaitThatIsAllowed() {
        for (int i = 0; i < 310; i++) {
            limits.starts().reserve("class", Duration.ofSeconds(10));
        }

        assertThatThrownBy(() -> limits.starts().reserve("class", Duration.ofSeconds(10))).isInstanceOf(
                TooManyRequestsException.class);
        clock.pass(Duration.ofSeconds(1));
        assertThat(limits.starts().reserve("class", Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
    }

    /** However patient it is: 2,000 labs a day, a fifth of what an unconfigured server holds. */
    @Test
    void aBotBehindOneAddressIsStopped() {
        int made = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            for (int i = 0; i < 100; i++) {
                made += startsNow("bot") ? 1 : 0;
            }
            clock.pass(Duration.ofMinutes(1));
            if (minute == 0) {
                assertThat(made).isEqualTo(100);
            }
        }

        assertThat(made).isBetween(2_000, 4_000);
    }

    @Test
    void liftedLimitsTakeAnything() {
        Limits lifted = new Limits(false);
        for (int i = 0; i < 1_000; i++) {
            lifted.newLabs().take("address", 1);
            assertThat(lifted.starts().reserve("address", Duration.ZERO)).isZero();
        }
        assertThat(lifted.generatorRate(5_000)).isEqualTo(5_000);
    }

    private boolean startsNow(String address) {
        try {
            return limits.starts().reserve(address, Duration.ZERO).isZero();
        } catch (TooManyRequestsException stopped) {
            return false;
        }
    }

    private static final class Clock implements TimeMeter {

        private final AtomicLong nanos = new AtomicLong();

        void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}

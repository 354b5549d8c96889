package dev.trafficlab.lab.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** By which time labs are judged to be idle when the machine's clock jumps. */
class IdleLabReaperTests {

    private final Instant start = Instant.parse("2026-01-01T12:00:00Z");
    private final AtomicReference<Instant> wall = new AtomicReference<>(start);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final InstantSource clock = IdleLabReaper.unhurried(wall::get, nanos::get);

    private void pass(Duration time, Duration shown) {
        nanos.addAndGet(time.toNanos());
        wall.set(wall.get().plus(shown));
    }

    @Test
    void itFollowsTheClock() {
        pass(Duration.ofHours(3), Duration.ofHours(3));

        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(3)));
    }

    @Test
    void aJumpForwardMakesNoLabIdle() {
        pass(Duration.ofMinutes(5), Duration.ofDays(2));

        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofMinutes(5)));
    }

    @Test
    void aJumpBackwardMakesNoLabIdleEither() {
        pass(Duration.ofHours(1), Duration.ofDays(-2));

        assertThat(clock.instant()).isEqualTo(start.minus(Duration.ofDays(2)));
    }
}

package dev.trafficlab.traffic.generator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.ManualClock;
import dev.trafficlab.traffic.tally.SubjectReader;

import static org.assertj.core.api.Assertions.assertThat;

class LoadGeneratorsTests {

    private final ManualClock clock = new ManualClock();
    private final List<SentRequest> told = new ArrayList<>();
    private boolean watched = true;
    private final LoadGenerators generators = new LoadGenerators(new Sender(new StubIngress(), new SubjectReader(
            new UnusedCluster()), _ -> Optional.empty(), clock, _ -> false), clock,
            Runnable::run, lab -> watched, (lab, request) -> told.add(request));

    @Test
    void sendsAtTheRateAskedFor() {
        start(20);
        run(Duration.ofSeconds(10));

        assertThat(told).hasSizeBetween(199, 200);
        assertThat(generators.rate("lab")).isEqualTo(20);
    }

    @Test
    void stopsWhenTold() {
        start(20);
        generators.stop("lab");
        run(Duration.ofSeconds(1));

        assertThat(told).isEmpty();
        assertThat(generators.rate("lab")).isZero();
    }

    @Test
    void stopsWhenNobodyHasWatchedForAMinute() {
        watched = false;
        start(1);
        run(Duration.ofSeconds(59));
        assertThat(generators.rate("lab")).isEqualTo(1);

        run(Duration.ofSeconds(2));
        assertThat(generators.rate("lab")).isZero();
    }

    @Test
    void newOrderReplacesTheRunningOne() {
        start(20);
        start(1);
        run(Duration.ofSeconds(2));

        assertThat(told).hasSizeBetween(1, 2);
    }

    @Test
    void pauseOfTheMachineIsNotMadeUpForAtOnce() {
        start(20);
        clock.advance(Duration.ofSeconds(50));
        generators.tick();

        assertThat(told).hasSize(20);
    }

    private void start(int perSecond) {
        generators.start("lab", new LoadSpec(1, "/colors", 1, Map.of(), LoadSpec.From.OUTSIDE), perSecond);
    }

    private void run(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += 50) {
            clock.advance(Duration.ofMillis(50));
            generators.tick();
        }
    }
}

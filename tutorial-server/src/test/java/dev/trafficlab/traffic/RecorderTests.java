package dev.trafficlab.traffic;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

import static org.assertj.core.api.Assertions.assertThat;

class RecorderTests {

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder(clock);

    @Test
    void lastRequestsAreKeptNewestFirst() {
        add(250);

        assertThat(recorder.recent()).extracting(LiveSnapshot.Sent::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(51, 250).map(i -> 301 - i).boxed().toList());
    }

    @Test
    void rateIsThatOfTheLastTwoSeconds() {
        add(30);
        clock.advance(Duration.ofSeconds(1));
        add(10);
        assertThat(recorder.perSecond()).isEqualTo(20);

        clock.advance(Duration.ofMillis(1100));
        assertThat(recorder.perSecond()).isEqualTo(5);

        clock.advance(Duration.ofSeconds(10));
        assertThat(recorder.perSecond()).isZero();
    }

    @Test
    void clearingForgetsButNumbersGoOn() {
        add(3);
        recorder.clear();
        recorder.add(new AnsweredRequest(503, "", List.of("UH")));

        assertThat(recorder.recent()).containsExactly(new LiveSnapshot.Sent(4, 503, ""));
        assertThat(recorder.byStatus()).containsOnlyKeys("503");
    }

    @Test
    void refusedConnectionsAreCountedByThatName() {
        recorder.add(new AnsweredRequest(0, "", List.of()));

        assertThat(recorder.byStatus()).containsEntry("refused", 1L);
    }

    @Test
    void manyThreadsLoseNothing() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4).forEach(i -> threads.execute(() -> add(10_000)));
        }

        assertThat(recorder.byStatus()).containsEntry("200", 40_000L);
        assertThat(recorder.perSecond()).isEqualTo(20_000);
        assertThat(recorder.recent()).hasSize(200).first().extracting(LiveSnapshot.Sent::number).isEqualTo(40_000L);
    }

    private void add(int requests) {
        for (int i = 0; i < requests; i++) {
            recorder.add(new AnsweredRequest(200, "v1", List.of()));
        }
    }
}

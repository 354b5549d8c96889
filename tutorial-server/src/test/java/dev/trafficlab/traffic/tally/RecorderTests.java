package dev.trafficlab.traffic.tally;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

class RecorderTests {

    private static final RoutePlan PLAN = RoutePlan.unsent("nothing is there");
    private static final MeshRequest REQUEST = new MeshRequest(new MeshRequest.FromOutside(80), "GET", "localhost", "/",
            Headers.none(), "", new byte[0]);

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder(clock, _ -> PLAN);

    @Test
    void lastRequestsAreKeptNewestFirst() {
        add(250);

        assertThat(recorder.recent("version")).extracting(LiveSnapshot.Sent::number)
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
        recorder.add(REQUEST, new AnsweredRequest(503, false, Map.of(), List.of("UH")), Optional.empty());

        assertThat(recorder.recent("version")).containsExactly(new LiveSnapshot.Sent(4, 503, ""));
        assertThat(recorder.byStatus()).containsOnlyKeys("503");
    }

    @Test
    void refusedConnectionsAreCountedByThatName() {
        recorder.add(REQUEST, new AnsweredRequest(0, false, Map.of(), List.of()), Optional.empty());

        assertThat(recorder.byStatus()).containsEntry("refused", 1L);
    }

    @Test
    void manyThreadsLoseNothing() {
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4).forEach(i -> threads.execute(() -> add(10_000)));
        }

        assertThat(recorder.byStatus()).containsEntry("200", 40_000L);
        assertThat(recorder.perSecond()).isEqualTo(20_000);
        assertThat(recorder.recent("version")).hasSize(200)
                .first()
                .extracting(LiveSnapshot.Sent::number)
                .isEqualTo(40_000L);
    }

    private void add(int requests) {
        for (int i = 0; i < requests; i++) {
            recorder.add(REQUEST, new AnsweredRequest(200, true, Map.of("version", "v1"), List.of()), Optional.empty());
        }
    }
}

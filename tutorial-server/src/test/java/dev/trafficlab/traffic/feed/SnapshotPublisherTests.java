package dev.trafficlab.traffic.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.ManualClock;
import dev.trafficlab.traffic.Split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SnapshotPublisherTests {

    private static final Duration REFRESH = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final List<String> painted = new ArrayList<>();
    private final List<LiveSnapshot> seen = new CopyOnWriteArrayList<>();
    private long total;
    private long changes;
    private final SnapshotPublisher feeds = new SnapshotPublisher(this::paint, lab -> changes, clock, Runnable::run,
            REFRESH);

    @Test
    void watcherSeesThePictureAtOnce() {
        total = 7;
        feeds.watch("lab", seen::add);

        assertThat(seen).containsExactly(picture(7));
    }

    @Test
    void everyChangeIsShownOnceAndNothingElse() {
        feeds.watch("lab", seen::add);
        change(1);
        feeds.tick();
        feeds.tick();
        clock.advance(Duration.ofSeconds(5));
        feeds.tick();

        assertThat(seen).containsExactly(picture(0), picture(1));
    }

    @Test
    void changeNobodyToldIsFoundWithinASecond() {
        feeds.watch("lab", seen::add);
        total = 3;
        feeds.tick();
        assertThat(seen).doesNotContain(picture(3));

        clock.advance(Duration.ofSeconds(1));
        feeds.tick();
        assertThat(seen).contains(picture(3));
    }

    @Test
    void onePictureServesAllWatchers() {
        List<LiveSnapshot> other = new ArrayList<>();
        feeds.watch("lab", seen::add);
        feeds.watch("lab", other::add);
        change(5);
        feeds.tick();

        assertThat(painted).hasSize(2);
        assertThat(seen).isEqualTo(other).containsExactly(picture(0), picture(5));
    }

    @Test
    void unwatchedLabsAreNotPainted() {
        feeds.watch("lab", seen::add).close();
        change(1);
        feeds.tick();

        assertThat(painted).hasSize(1);
        assertThat(feeds.isWatched("lab")).isFalse();
    }

    @Test
    void failureToPaintKeepsTheLastPictureAndIsTriedAgain() {
        feeds.watch("lab", seen::add);
        change(-1);
        feeds.tick();
        change(2);
        feeds.tick();

        assertThat(seen).containsExactly(picture(0), picture(2));
    }

    @Test
    void slowWatcherHoldsUpNobodyAndThenSeesTheNewest() {
        var gate = new CountDownLatch(1);
        List<LiveSnapshot> slow = new CopyOnWriteArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var threaded = new SnapshotPublisher(this::paint, lab -> changes, clock, threads, REFRESH);
            threaded.watch("lab", picture -> {
                slow.add(picture);
                awaitQuietly(gate);
            });
            threaded.watch("lab", seen::add);
            for (int i = 1; i <= 5; i++) {
                change(i);
                LiveSnapshot next = picture(i);
                await().untilAsserted(() -> {
                    threaded.tick();
                    assertThat(seen).contains(next);
                });
            }
            gate.countDown();
        }

        assertThat(slow.getLast()).isEqualTo(picture(5));
        assertThat(slow).hasSizeLessThanOrEqualTo(3);
    }

    private void change(long newTotal) {
        total = newTotal;
        changes++;
    }

    private LiveSnapshot paint(String lab) {
        painted.add(lab);
        if (total < 0) {
            throw new IllegalStateException("no picture today");
        }
        return picture(total);
    }

    private static LiveSnapshot picture(long total) {
        return new LiveSnapshot(new Split(total, List.of(), Optional.empty(), OptionalDouble.empty()), List.of(), 0, Map
                .of(), 0);
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

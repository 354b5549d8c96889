package dev.trafficlab.embedded.store;

import java.time.Duration;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.store.History.Change;
import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.file.Codec;
import dev.trafficlab.embedded.store.file.KeyCodec;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept of the changes, for whom, and for how long. */
class HistoryTests {

    private static final WatchSelector QUIET = new WatchSelector("", "quiet");
    private static final WatchSelector LOUD = new WatchSelector("", "loud");
    private static final WatchSelector ALL = new WatchSelector("", "");

    private final History history = new History(10, new StoreLimits(1_000, 100_000, OptionalLong.empty()));
    private long revision = 10;

    private void change(String namespace, int size, long at) {
        revision++;
        ObjectKey key = new ObjectKey("things", namespace, "x");
        byte[] json = ("{\"k\":\"" + "x".repeat(size) + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        history.append(new Change(Type.MODIFIED, key, revision, 0, Codec.stamp(KeyCodec.of(key), revision, json), at));
    }

    @Test
    void itsBytesAreBounded() {
        for (int i = 0; i < 500; i++) {
            change("loud", 5_000, 0);
            assertThat(history.bytes()).isLessThanOrEqualTo(100_000);
        }
    }

    @Test
    void oneNamespaceCannotPushOutWhatAnotherNeeds() {
        change("quiet", 100, 0);
        for (int i = 0; i < 500; i++) {
            change("loud", 5_000, 0);
        }

        assertThat(history.floor(QUIET)).isEqualTo(10);
        assertThat(history.after(10, QUIET)).hasSize(1);
        assertThat(history.floor(LOUD)).isGreaterThan(400);
        assertThat(history.floor(ALL)).isEqualTo(history.floor(LOUD));
    }

    @Test
    void tinyChangesCountTooAndPushOutNobodyElse() {
        change("quiet", 100, 0);
        for (int i = 0; i < 5_000; i++) {
            change("loud", 1, 0);
        }

        assertThat(history.floor(QUIET)).isEqualTo(10);
        assertThat(history.after(history.floor(LOUD), LOUD)).hasSizeBetween(100, 1_100);
    }

    @Test
    void whatIsKnownIsWholeAndInOrder() {
        for (int i = 0; i < 300; i++) {
            change(i % 3 == 0 ? "quiet" : "loud", 100, 0);
        }

        assertThat(history.after(history.floor(ALL), ALL)).extracting(event -> event.object().revision())
                .isSorted()
                .hasSize((int) (revision - history.floor(ALL)));
    }

    @Test
    void afterFiveMinutesItIsForgotten() {
        long start = Long.MAX_VALUE - 1_000; // the clock of System.nanoTime may overflow
        change("quiet", 100, start);
        change("quiet", 100, start + Duration.ofMinutes(4).toNanos());

        history.expire(start + Duration.ofMinutes(6).toNanos());
        assertThat(history.floor(QUIET)).isEqualTo(11);
        assertThat(history.after(11, QUIET)).hasSize(1);

        history.expire(start + Duration.ofMinutes(11).toNanos());
        assertThat(history.floor(QUIET)).isEqualTo(12);
        assertThat(history.bytes()).isZero();
    }

    @Test
    void atTheStartNothingBeforeIsKnown() {
        assertThat(history.floor(QUIET)).isEqualTo(10);
        assertThat(history.floor(ALL)).isEqualTo(10);
    }
}

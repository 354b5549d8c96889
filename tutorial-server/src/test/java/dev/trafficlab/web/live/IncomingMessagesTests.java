package dev.trafficlab.web.live;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A page answers our hellos; a client that talks is none of ours. */
class IncomingMessagesTests {

    private long now = 1_000_000;
    private final IncomingMessages messages = new IncomingMessages(() -> Instant.ofEpochMilli(now));

    @Test
    void answersToHellosNeverAddUp() {
        for (int i = 0; i < 1_000; i++) {
            now += 5_000;
            assertThat(messages.take()).isTrue();
        }
    }

    @Test
    void aFloodIsNoticedAtOnce() {
        for (int i = 0; i < IncomingMessages.MOST; i++) {
            assertThat(messages.take()).isTrue();
        }
        assertThat(messages.take()).isFalse();
    }
}

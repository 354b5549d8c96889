package dev.trafficlab.web.live;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Counts what a browser sends on the panel's socket, which is nothing but answers to our own hellos: a client that sends much more is
 * none of our pages. Safe for any number of threads.
 */
final class IncomingMessages {

    /** Messages that are borne in a window; a page sends one answer for every hello. */
    static final int MOST = 30;

    /** The largest message that is read at all, in bytes; longer ones end the connection by themselves. */
    static final int LARGEST = 4 * 1024;

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final InstantSource clock;
    private long begun;
    private int count;

    IncomingMessages(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.millis();
    }

    /** Counts one more; false when there are too many. */
    synchronized boolean take() {
        long now = clock.millis();
        if (now - begun > WINDOW.toMillis()) {
            begun = now;
            count = 0;
        }
        return ++count <= MOST;
    }
}

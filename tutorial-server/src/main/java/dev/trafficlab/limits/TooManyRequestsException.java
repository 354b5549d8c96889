package dev.trafficlab.limits;

import java.time.Duration;

/** A client asked more often than the limit allows; waiting helps. */
public class TooManyRequestsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    TooManyRequestsException(String what, Duration wait) {
        super("That was too much at once: " + what + ". Please try again in " + seconds(wait) + ".");
        this.wait = wait;
    }

    /** Whole seconds after which a new try can succeed, at least one: what {@code Retry-After} says. */
    public long retryAfterSeconds() {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private static String seconds(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return seconds == 1 ? "a second" : seconds + " seconds";
    }
}

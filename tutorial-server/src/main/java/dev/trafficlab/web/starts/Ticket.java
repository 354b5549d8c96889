package dev.trafficlab.web.starts;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the line of those who wait to start a lab. A browser keeps it, signed, so any replica honours it, before and after a restart.
 *
 * @param number tells it from all others
 * @param course the course to start
 * @param turn when it is this browser's turn
 */
public record Ticket(String number, String course, Instant turn) {

    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16}) (\\d{1,15}) ([a-z0-9-]{1,63})");

    String text() {
        return number + " " + turn.toEpochMilli() + " " + course;
    }

    static Optional<Ticket> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Ticket(parts.group(1), parts.group(3), Instant.ofEpochMilli(Long.parseLong(parts
                        .group(
                                2)))))
                : Optional.empty();
    }

    /** How long until it is its turn, at least nothing. */
    public Duration wait(Instant now) {
        return turn.isAfter(now) ? Duration.between(now, turn) : Duration.ZERO;
    }
}

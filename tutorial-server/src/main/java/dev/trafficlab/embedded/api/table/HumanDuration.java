package dev.trafficlab.embedded.api.table;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Ages as kubectl prints them ({@code k8s.io/apimachinery/pkg/util/duration}): exact while young, coarse when old. */
final class HumanDuration {

    private static final String UNKNOWN = "<unknown>";

    private HumanDuration() {}

    /** How long ago the timestamp was, {@code <unknown>} when it is none. */
    static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return UNKNOWN;
        }
        try {
            return of(Duration.between(Instant.parse(timestamp), now));
        } catch (DateTimeParseException notATime) {
            return UNKNOWN;
        }
    }

    static String of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        return seconds < Duration.ofHours(3).toSeconds() ? minutes(seconds) : hours(seconds / 3600, seconds / 60 % 60);
    }

    private static String minutes(long seconds) {
        long minutes = seconds / 60;
        return minutes < 10 ? pair(minutes, "m", seconds % 60, "s") : minutes + "m";
    }

    private static String hours(long hours, long minutes) {
        if (hours < 8) {
            return pair(hours, "h", minutes, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 24 * 8) {
            return pair(hours / 24, "d", hours % 24, "h");
        }
        long days = hours / 24;
        if (days < 365 * 2) {
            return days + "d";
        }
        return days < 365 * 8 ? pair(days / 365, "y", days % 365, "d") : days / 365 + "y";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}

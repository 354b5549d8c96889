package dev.trafficlab.instructor;

import java.time.Duration;
import java.time.Instant;

/** Tells times as seen from now, as people say them. */
public record Ago(Instant now) {

    private static final Duration DAYS = Duration.ofDays(2);
    private static final Duration HOURS = Duration.ofHours(1);
    private static final Duration MINUTES = Duration.ofMinutes(1);

    /** "Just now", "5 min ago", "3 h ago", "2 days ago". */
    public Notice of(Instant past) {
        Duration age = Duration.between(past, now);
        if (age.compareTo(DAYS) >= 0) {
            return new Notice("ago.days", age.toDays());
        }
        if (age.compareTo(HOURS) >= 0) {
            return new Notice("ago.hours", age.toHours());
        }
        return age.compareTo(MINUTES) >= 0 ? new Notice("ago.minutes", age.toMinutes()) : new Notice("ago.now", "");
    }
}

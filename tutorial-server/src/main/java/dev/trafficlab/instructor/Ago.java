package dev.trafficlab.instructor;

import java.time.Duration;
import java.time.Instant;

/** Tells times as seen from now, as people say them. */
record Ago(Instant now) {

    /** "just now", "5 min ago", "3 h ago", "2 days ago". */
    public String of(Instant past) {
        Duration age = Duration.between(past, now);
        if (age.compareTo(Duration.ofMinutes(1)) < 0) {
            return "just now";
        }
        if (age.compareTo(Duration.ofHours(1)) < 0) {
            return age.toMinutes() + " min ago";
        }
        if (age.compareTo(Duration.ofDays(2)) < 0) {
            return age.toHours() + " h ago";
        }
        return age.toDays() + " days ago";
    }
}

package dev.trafficlab.embedded.mesh.proxy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Times as Envoy's {@code START_TIME} writes them: a format of strftime, with {@code %3f} and the like for fractions of a second. */
final class TimeFormat {

    private static final Map<Character, String> FIELDS = Map.ofEntries(Map.entry('Y', "uuuu"), Map.entry('m', "MM"),
            Map.entry('d', "dd"), Map.entry('H', "HH"), Map.entry('M', "mm"), Map.entry('S', "ss"),
            Map.entry('y', "uu"), Map.entry('j', "DDD"), Map.entry('a', "EEE"), Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"), Map.entry('B', "MMMM"), Map.entry('I', "hh"), Map.entry('p', "a"),
            Map.entry('F', "uuuu-MM-dd"), Map.entry('T', "HH:mm:ss"), Map.entry('D', "MM/dd/uu"));
    private static final DateTimeFormatter USUAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'",
            Locale.ROOT);

    private TimeFormat() {}

    /** The time by the format; by ISO 8601 with milliseconds where it is empty. */
    static String format(String format, Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        if (format.isEmpty()) {
            return USUAL.format(utc);
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < format.length()) {
            char letter = format.charAt(i++);
            if (letter != '%' || i == format.length()) {
                text.append(letter);
                continue;
            }
            int digits = Character.digit(format.charAt(i), 10);
            if (digits > 0 && i + 1 < format.length() && format.charAt(i + 1) == 'f') {
                text.append(String.format("%09d", utc.getNano()), 0, digits);
                i += 2;
            } else {
                text.append(field(format.charAt(i++), utc));
            }
        }
        return text.toString();
    }

    private static String field(char name, ZonedDateTime utc) {
        return switch (name) {
            case 's' -> String.valueOf(utc.toEpochSecond());
            case 'f' -> String.format("%09d", utc.getNano());
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case '%' -> "%";
            default -> FIELDS.containsKey(name)
                    ? DateTimeFormatter.ofPattern(FIELDS.get(name), Locale.ENGLISH).format(utc)
                    : "%" + name;
        };
    }
}

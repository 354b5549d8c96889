package dev.trafficlab.embedded.api.admission;

import java.math.BigDecimal;
import java.util.OptionalLong;

import dev.trafficlab.embedded.Bounds;

/** Durations as Go writes them: {@code 300ms}, {@code 1h30m}, {@code 1.5s}. */
public final class GoDuration {

    /** Nanoseconds of a millisecond. */
    public static final long MILLISECOND = 1_000_000L;

    private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** The duration in nanoseconds; nothing when the text is none, or longer than Go can hold. */
    public static OptionalLong parse(String text) {
        boolean negative = text.startsWith("-");
        String terms = negative || text.startsWith("+") ? text.substring(1) : text;
        if (terms.equals("0")) {
            return OptionalLong.of(0);
        }
        BigDecimal sum = BigDecimal.ZERO;
        int end = 0;
        while (end < terms.length()) {
            int number = skip(terms, end, true);
            int unit = skip(terms, number, false);
            OptionalLong nanos = unit(terms.substring(number, unit));
            if (nanos.isEmpty() || !isNumber(terms.substring(end, number))) {
                return OptionalLong.empty();
            }
            sum = sum.add(new BigDecimal(terms.substring(end, number)).multiply(BigDecimal.valueOf(nanos.getAsLong())));
            end = unit;
        }
        if (terms.isEmpty() || sum.compareTo(LIMIT) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(negative ? -sum.longValue() : sum.longValue());
    }

    /** The end of the digits and points from there on, or of everything else. */
    private static int skip(String text, int start, boolean digits) {
        int end = start;
        while (end < text.length() && digits == (text.charAt(end) == '.' || text.charAt(end) >= '0' && text.charAt(
                end) <= '9')) {
            end++;
        }
        return end;
    }

    /** Digits with at most one point among them, and not so many that they could not be meant. */
    private static boolean isNumber(String text) {
        return text.length() <= Bounds.NUMBER_CHARACTERS && text.chars().anyMatch(Character::isDigit)
                && text.chars().filter(c -> c == '.').count() <= 1;
    }

    private static OptionalLong unit(String name) {
        return switch (name) {
            case "ns" -> OptionalLong.of(1);
            case "us", "µs", "μs" -> OptionalLong.of(1_000);
            case "ms" -> OptionalLong.of(MILLISECOND);
            case "s" -> OptionalLong.of(1_000_000_000L);
            case "m" -> OptionalLong.of(60_000_000_000L);
            case "h" -> OptionalLong.of(3_600_000_000_000L);
            default -> OptionalLong.empty();
        };
    }
}

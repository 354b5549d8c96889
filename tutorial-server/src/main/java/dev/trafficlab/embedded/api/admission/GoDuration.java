package dev.trafficlab.embedded.api.admission;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 300ms}, {@code 1h30m}, {@code 1.5s}. */
public final class GoDuration {

    /** Nanoseconds of a millisecond. */
    public static final long MILLISECOND = 1_000_000L;

    private static final Pattern TERM = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE);

    private GoDuration() {}

    /** The duration in nanoseconds; nothing when the text is none, or longer than Go can hold. */
    public static OptionalLong parse(String text) {
        boolean negative = text.startsWith("-");
        String terms = negative || text.startsWith("+") ? text.substring(1) : text;
        if (terms.equals("0")) {
            return OptionalLong.of(0);
        }
        Matcher term = TERM.matcher(terms);
        BigDecimal sum = BigDecimal.ZERO;
        int end = 0;
        while (end < terms.length() && term.find() && term.start() == end) {
            sum = sum.add(new BigDecimal(term.group(1)).multiply(BigDecimal.valueOf(unit(term.group(2)))));
            end = term.end();
        }
        if (terms.isEmpty() || end < terms.length() || sum.compareTo(LIMIT) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(negative ? -sum.longValue() : sum.longValue());
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> MILLISECOND;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}

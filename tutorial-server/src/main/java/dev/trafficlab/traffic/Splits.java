package dev.trafficlab.traffic;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts counts by colour beside what the lab's objects want. */
final class Splits {

    private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,9})(.*)");

    private Splits() {}

    /** The split of a tally among the colours of the palette; colours that nobody knows come last. */
    static Split of(Map<String, Long> tally, VersionCatalog palette) {
        Map<String, VersionCatalog.Version> tints = new TreeMap<>();
        palette.tints().forEach(tint -> tints.merge(tint.color(), tint, Splits::together));
        tally.keySet()
                .forEach(color -> tints.putIfAbsent(color, new VersionCatalog.Version(color, "", OptionalDouble
                        .empty())));
        List<VersionCatalog.Version> ordered = tints.values().stream().sorted(BY_VERSION).toList();
        long total = tally.values().stream().mapToLong(Long::longValue).sum();
        OptionalDouble p = fit(ordered, tally);
        return new Split(total, ordered.stream()
                .map(tint -> share(tint, tally.getOrDefault(tint.color(), 0L), total))
                .toList(),
                p.isPresent() ? Optional.of(p.getAsDouble() >= Fit.LEAST_P) : Optional.empty(), p);
    }

    /** v2 before v10, and what has no version at the end. */
    private static final Comparator<VersionCatalog.Version> BY_VERSION = Comparator
            .comparing((VersionCatalog.Version tint) -> tint.version().isEmpty())
            .thenComparing(tint -> stem(tint.version()))
            .thenComparingInt(tint -> number(tint.version()))
            .thenComparing(VersionCatalog.Version::version)
            .thenComparing(VersionCatalog.Version::color);

    /** Two Deployments of one colour cannot be told apart by the tally. */
    private static VersionCatalog.Version together(VersionCatalog.Version one, VersionCatalog.Version other) {
        String version = one.version().equals(other.version()) ? one.version() : one.version() + ", " + other.version();
        OptionalDouble weight = one.weight().isEmpty() && other.weight().isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(one.weight().orElse(0) + other.weight().orElse(0));
        return new VersionCatalog.Version(one.color(), version, weight);
    }

    private static OptionalDouble fit(List<VersionCatalog.Version> tints, Map<String, Long> tally) {
        double[] weights = tints.stream().mapToDouble(tint -> tint.weight().orElse(0)).toArray();
        boolean weighted = tints.stream().anyMatch(tint -> tint.weight().orElse(0) > 0);
        long[] counts = tints.stream().mapToLong(tint -> tally.getOrDefault(tint.color(), 0L)).toArray();
        return weighted ? Fit.p(weights, counts) : OptionalDouble.empty();
    }

    private static Split.Share share(VersionCatalog.Version tint, long count, long total) {
        Interval interval = Interval.wilson(count, total);
        OptionalInt weight = tint.weight().isEmpty() ? OptionalInt.empty()
                : OptionalInt.of((int) Math.round(100 * tint.weight().getAsDouble()));
        return new Split.Share(tint.color(), tint.version(), count, total == 0 ? 0 : 100.0 * count / total,
                100 * interval.low(), 100 * interval.high(), weight);
    }

    private static String stem(String version) {
        Matcher matcher = NUMBERED.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }

    private static int number(String version) {
        Matcher matcher = NUMBERED.matcher(version);
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    }
}

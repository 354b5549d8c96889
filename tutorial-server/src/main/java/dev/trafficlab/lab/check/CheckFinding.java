package dev.trafficlab.lab.check;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a check found, in words; where it failed the check's hint says what to do next. */
public record CheckFinding(boolean holds, String found) {

    /** It holds, as was found. */
    public static CheckFinding holds(String found) {
        return new CheckFinding(true, found);
    }

    /** It does not hold. */
    public static CheckFinding fails(String found) {
        return new CheckFinding(false, found);
    }

    /** It holds, or what was found is told beside what was wanted; both without a full stop. */
    public static CheckFinding of(boolean holds, String found, String wanted) {
        return holds ? holds(found + ".") : fails(found + ", not " + wanted + ".");
    }

    /** "a, b and c", in order. */
    public static String list(Collection<String> names) {
        String all = names.stream().sorted().collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
    }

    /** "v1 10, v2 30 and v3 60". */
    public static String figures(Map<String, ?> figures) {
        return list(new TreeMap<>(figures).entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
    }

    /** "v1 10 %, v2 90 %". */
    public static String percentages(Map<String, ? extends Number> counts, long total) {
        Map<String, String> percent = new TreeMap<>();
        counts.forEach((name, count) -> percent.put(name, Math.round(100.0 * count.doubleValue() / Math.max(1, total))
                + " %"));
        return figures(percent);
    }
}

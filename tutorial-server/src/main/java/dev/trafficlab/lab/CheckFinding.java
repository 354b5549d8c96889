package dev.trafficlab.lab;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.trafficlab.course.Check;

/** What a check found, in words; where it failed the check's hint says what to do next. */
record CheckFinding(boolean holds, String found) {

    static CheckFinding holds(String found) {
        return new CheckFinding(true, found);
    }

    static CheckFinding fails(String found) {
        return new CheckFinding(false, found);
    }

    CheckOutcome.Result of(Check check) {
        String reason = holds || check.hint().isEmpty() ? found : found + " " + check.hint();
        return new CheckOutcome.Result(check.name(), holds, reason);
    }

    /** "a, b and c", in order. */
    static String list(Collection<String> names) {
        String all = names.stream().sorted().collect(Collectors.joining(", "));
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
    }

    /** "v1 10, v2 30 and v3 60". */
    static String figures(Map<String, ?> figures) {
        return list(new TreeMap<>(figures).entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList());
    }
}

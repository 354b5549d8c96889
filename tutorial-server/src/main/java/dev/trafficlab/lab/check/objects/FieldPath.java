package dev.trafficlab.lab.check.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The way to a field of an object: {@code spec.http[0].timeout}, {@code spec.subsets[*].name}, and in quotes a name with dots,
 * {@code metadata.labels["app.kubernetes.io/name"]}.
 */
record FieldPath(List<String> parts) {

    private static final Pattern PART = Pattern.compile("([A-Za-z0-9_-]+)|\\[(\\d{1,4}|\\*)]|\\[\"([^\"]+)\"]");
    private static final Pattern WHOLE = Pattern.compile(
            "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+|\\[(\\d{1,4}|\\*|\"[^\"]+\")])*");
    private static final String EVERY = "[*]";

    FieldPath {
        parts = List.copyOf(parts);
    }

    static boolean isWellFormed(String text) {
        return WHOLE.matcher(text).matches();
    }

    static FieldPath of(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            parts.add(part.group(2) != null ? "[" + part.group(2) + "]"
                    : part.group(3) != null ? part.group(3) : part.group(1));
        }
        return new FieldPath(parts);
    }

    /** The values there, as texts; several where the way goes through every element of a list. */
    List<String> values(Map<String, Object> object) {
        return walk(object, 0).map(FieldPath::text).toList();
    }

    private Stream<Object> walk(@Nullable Object value, int at) {
        if (value == null) {
            return Stream.empty();
        }
        if (at == parts.size()) {
            return Stream.of(value);
        }
        String part = parts.get(at);
        if (value instanceof List<?> list && part.startsWith("[")) {
            if (part.equals(EVERY)) {
                return list.stream().flatMap(element -> walk(element, at + 1));
            }
            int index = Integer.parseInt(part.substring(1, part.length() - 1));
            return index < list.size() ? walk(list.get(index), at + 1) : Stream.empty();
        }
        return value instanceof Map<?, ?> map ? walk(map.get(part), at + 1) : Stream.empty();
    }

    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number) ? Long.toString(number.longValue())
                : String.valueOf(value);
    }
}

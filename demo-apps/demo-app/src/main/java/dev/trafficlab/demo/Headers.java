package dev.trafficlab.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTP header fields in the order received; names compare without case (RFC 9110, section 5.1).
 *
 * @param fields the fields, one entry a line
 */
public record Headers(List<Field> fields) {

    private static final Headers NONE = new Headers(List.of());

    /** One header line. */
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /** No header at all. */
    public static Headers none() {
        return NONE;
    }

    /** Headers from names and values in turn. */
    public static Headers of(String... namesAndValues) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Headers(fields);
    }

    /** The first value under the name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** All values under the name, in order. */
    public List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(Field::value).toList();
    }

    /** These headers with one more line at the end. */
    public Headers plus(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Headers(more);
    }

    /** These headers without any line of the name. */
    public Headers minus(String name) {
        String unwanted = name.toLowerCase(Locale.ROOT);
        return new Headers(fields.stream()
                .filter(field -> !field.name().toLowerCase(Locale.ROOT).equals(unwanted))
                .toList());
    }

    /** These headers with the name's lines replaced by one. */
    public Headers with(String name, String value) {
        return minus(name).plus(name, value);
    }
}

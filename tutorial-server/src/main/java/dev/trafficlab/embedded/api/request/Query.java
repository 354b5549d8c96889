package dev.trafficlab.embedded.api.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import dev.trafficlab.embedded.api.ApiException;

/** The parameters of a request. */
public record Query(Map<String, List<String>> parameters) {

    public static Query parse(String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return new Query(parameters);
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("invalid URL escape in \"" + text + "\"");
        }
    }

    /** The parameter's first value, when it has one that is not empty. */
    public Optional<String> first(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    public boolean flag(String name) {
        return first(name).filter(value -> value.equals("true") || value.equals("1")).isPresent();
    }

    public OptionalLong number(String name) {
        Optional<String> value = first(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.get()));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value.get()
                    + "\": invalid syntax (parameter " + name + ")");
        }
    }

    public OptionalInt count(String name) {
        OptionalLong value = number(name);
        return value.isEmpty() ? OptionalInt.empty()
                : OptionalInt.of((int) Math.clamp(value.getAsLong(), 0, Integer.MAX_VALUE));
    }

    public boolean dryRun() {
        Optional<String> wish = first("dryRun");
        if (wish.isPresent() && !wish.get().equals("All")) {
            throw ApiException.badRequest("invalid dryRun \"" + wish.get() + "\": supported values: \"All\"");
        }
        return wish.isPresent();
    }
}

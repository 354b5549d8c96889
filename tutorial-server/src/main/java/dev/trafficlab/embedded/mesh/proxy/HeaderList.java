package dev.trafficlab.embedded.mesh.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.trafficlab.demo.Headers;

/** Headers in the making, names in lower case as Envoy writes them. For one thread. */
final class HeaderList {

    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection",
            "transfer-encoding", "upgrade", "http2-settings");

    private final List<Headers.Field> fields;

    private HeaderList(List<Headers.Field> fields) {
        this.fields = fields;
    }

    /** No header yet. */
    static HeaderList empty() {
        return new HeaderList(new ArrayList<>());
    }

    /** The headers, without those that concern one connection alone. */
    static HeaderList of(Headers headers) {
        List<Headers.Field> fields = new ArrayList<>(headers.fields().size() + 8);
        for (Headers.Field field : headers.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name)) {
                fields.add(new Headers.Field(name, field.value()));
            }
        }
        return new HeaderList(fields);
    }

    Optional<String> first(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Headers.Field::value).findFirst();
    }

    List<String> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).map(Headers.Field::value).toList();
    }

    boolean has(String name) {
        return first(name).isPresent();
    }

    void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    void add(String name, String value) {
        fields.add(new Headers.Field(name, value));
    }

    void setIfAbsent(String name, String value) {
        if (!has(name)) {
            add(name, value);
        }
    }

    void remove(String name) {
        fields.removeIf(field -> field.name().equalsIgnoreCase(name));
    }

    Headers headers() {
        return new Headers(fields);
    }
}

package dev.trafficlab.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** A piece of an object's tree. What is missing or of another type reads as empty, so that looking deep asks no questions on the way. */
record Unstructured(@Nullable Object value) {

    Unstructured at(String... path) {
        @Nullable
        Object piece = value;
        for (String name : path) {
            piece = piece instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return new Unstructured(piece);
    }

    boolean present() {
        return value != null;
    }

    String text() {
        return value == null || value instanceof Map || value instanceof List ? "" : String.valueOf(value);
    }

    int number(int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    List<Unstructured> list() {
        return value instanceof List<?> list ? list.stream().<Unstructured>map(Unstructured::new).toList() : List.of();
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, text) -> labels.put(String.valueOf(name), String.valueOf(text)));
        }
        return labels;
    }
}

package dev.trafficlab.embedded.api.response;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.trafficlab.embedded.Bounds;

/** Warnings as a header, as many and as long as kube-apiserver sends ({@code filters/warning.go}). */
final class Warnings {

    private Warnings() {}

    /** The header's value; nothing when there is nothing to warn of. */
    static Optional<String> header(List<String> warnings) {
        List<String> all = warnings.stream().filter(text -> !text.isEmpty()).distinct().toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        boolean whole = all.stream().mapToLong(String::length).sum() <= Bounds.WARNING_CHARACTERS;
        StringBuilder header = new StringBuilder();
        long written = 0;
        for (String text : all) {
            String shown = whole ? text : text.substring(0, Math.min(text.length(), Bounds.WARNING_ITEM_CHARACTERS));
            String item = quoted(shown);
            if (written >= Bounds.WARNING_CHARACTERS || header.length() + item.length() > Bounds.ANSWER_HEADER_BYTES) {
                break;
            }
            written += shown.length();
            header.append(header.isEmpty() ? "" : ", ").append(item);
        }
        return Optional.of(header.toString());
    }

    /** RFC 9111's old Warning header, as kubectl prints it; a quoted string holds no control characters. */
    private static String quoted(String text) {
        return text.chars().map(c -> c < ' ' || c > '~' ? ' ' : c).mapToObj(c -> switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default -> Character.toString(c);
        }).collect(Collectors.joining("", "299 - \"", "\""));
    }
}

package dev.trafficlab.embedded.api.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.admission.Admission.Invalid;

/** Collects what is wrong with an object's fields, in the words of Kubernetes' field errors. */
public final class FieldErrors {

    private final List<Invalid> found = new ArrayList<>();

    List<Invalid> found() {
        return List.copyOf(found);
    }

    void required(String field, String detail) {
        add(field, "FieldValueRequired", "Required value", detail);
    }

    void invalid(String field, Object value, String detail) {
        add(field, "FieldValueInvalid", "Invalid value: " + show(value), detail);
    }

    /** What a CEL rule says of an object or a list: those are not shown. */
    void refused(String field, String detail) {
        add(field, "FieldValueInvalid", "Invalid value", detail);
    }

    void typeInvalid(String field, Object value, String detail) {
        add(field, "FieldValueTypeInvalid", "Invalid value: " + show(value), detail);
    }

    void duplicate(String field, Object value) {
        add(field, "FieldValueDuplicate", "Duplicate value: " + show(value), "");
    }

    void notFound(String field, Object value) {
        add(field, "FieldValueNotFound", "Not found: " + show(value), "");
    }

    void forbidden(String field, String detail) {
        add(field, "FieldValueForbidden", "Forbidden", detail);
    }

    void tooLong(String field, int limit) {
        add(field, "FieldValueTooLong", "Too long", "may not be more than " + limit + " bytes");
    }

    void unsupported(String field, Object value, List<String> supported) {
        add(field, "FieldValueNotSupported", "Unsupported value: " + show(value),
                "supported values: " + supported.stream().map(FieldErrors::quote).collect(Collectors.joining(", ")));
    }

    /** Everything another check found wrong with the value of one field. */
    void invalidForEach(String field, Object value, List<String> details) {
        details.forEach(detail -> invalid(field, value, detail));
    }

    private void add(String field, String reason, String what, String detail) {
        if (found.size() < Bounds.FIELD_ERRORS) {
            found.add(new Invalid(shown(field), reason, detail.isEmpty() ? what : what + ": " + shown(detail)));
        }
    }

    /** The text, or as much of its beginning as an error repeats. */
    public static String shown(String text) {
        return text.length() <= Bounds.SHOWN_CHARACTERS ? text : text.substring(0, Bounds.SHOWN_CHARACTERS) + "…";
    }

    private static String show(Object value) {
        return shown(print(value));
    }

    private static String print(Object value) {
        return switch (value) {
            case JsonNode node when node.isTextual() -> quote(node.textValue());
            case JsonNode node when node.isNull() || node.isMissingNode() -> "null";
            case String text -> quote(text);
            default -> value.toString();
        };
    }

    /** As Go's {@code %q} prints it. */
    static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** A value that is shown as it stands, not as a quoted string. */
    record Raw(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}

package dev.trafficlab.contract;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an API server says to a manifest.
 *
 * @param code the HTTP status
 * @param reason the Status' reason, empty when there is none or the manifest is taken
 * @param message the Status' message, empty when the manifest is taken
 * @param causes the fields that the Status blames, in its order
 */
record Verdict(int code, String reason, String message, List<String> causes) {

    private static final Pattern FIELD = Pattern.compile(
            "unknown field \"([^\"]+)\"|Go struct field ([\\w.]+)|(?:\\): |^ {2})(\\.[^ ]+): ", Pattern.MULTILINE);

    static Verdict of(int code, JsonNode body) {
        if (code < 300) {
            return new Verdict(code, "", "", List.of());
        }
        return new Verdict(code, body.path("reason").asText(), body.path("message").asText(),
                body.at("/details/causes").valueStream().map(cause -> cause.path("field").asText()).toList());
    }

    boolean accepted() {
        return code < 300;
    }

    /** The paths of the fields at fault: the causes', or those that the message names. */
    TreeSet<String> fields() {
        Stream<String> named = FIELD.matcher(message).results().flatMap(match -> Stream.of(1, 2, 3).map(match::group)
                .filter(java.util.Objects::nonNull));
        return new TreeSet<>(causes.isEmpty() ? named.toList() : causes);
    }

    /** Code, reason and fields, in a line. */
    String summary() {
        return accepted() ? "accepted" : (code + " " + reason).strip() + " " + fields();
    }
}

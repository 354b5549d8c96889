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
 * @param causes what the Status blames
 */
record Verdict(int code, String reason, String message, List<Cause> causes) {

    /** What is wrong with one field. */
    record Cause(String field, String message) {}

    private static final Pattern FIELD = Pattern.compile(
            "unknown field \"([^\"]+)\"|Go struct field ([\\w.]+)|(?:\\): |^ {2})(\\.[^ ]+): ", Pattern.MULTILINE);

    private static final Pattern DIFFERENCE = Pattern.compile("\\n.*", Pattern.DOTALL);

    static Verdict of(int code, JsonNode body) {
        if (code < 300) {
            return new Verdict(code, "", "", List.of());
        }
        return new Verdict(code, body.path("reason").asText(), body.path("message").asText(),
                body.at("/details/causes")
                        .valueStream()
                        .map(cause -> new Cause(cause.path("field").asText(),
                                cause.path("message").asText()))
                        .toList());
    }

    /**
     * The status by whose fault it is. The one difference meant between the two: of a manifest that does not fit its kind, server-side
     * apply on a real API server says that the fault is the server's (500), and the embedded one that it is the request's (400).
     */
    int blame() {
        boolean unfit = message.startsWith("failed to create typed patch object") || message.startsWith(
                "failed to convert new object");
        return code == 500 && unfit ? 400 : code;
    }

    boolean accepted() {
        return code < 300;
    }

    /** The paths of the fields at fault: the causes', or those that the message names. */
    TreeSet<String> fields() {
        Stream<String> named = FIELD.matcher(message)
                .results()
                .flatMap(match -> Stream.of(1, 2, 3)
                        .map(match::group)
                        .filter(java.util.Objects::nonNull));
        return new TreeSet<>(causes.isEmpty() ? named.toList() : causes.stream().map(Cause::field).toList());
    }

    /**
     * The words by which two verdicts are compared, sorted: several errors come in the random order of Go's maps. And of a Pod that
     * may not change, the API server adds a difference between two Go structures; and protobuf prints one space or two between fields,
     * by the build of the program, so that nobody relies on it.
     */
    List<String> words() {
        Stream<String> words = causes.size() > 1 ? causes.stream().map(cause -> cause.field() + ": " + cause.message())
                : (message.startsWith("Pod") ? DIFFERENCE.matcher(message).replaceFirst("") : message).lines();
        return words.map(line -> line.replaceAll(" +", " ")).sorted().toList();
    }

    /** Whether this is one of several answers that a server may give: it stops at the first unknown field of a random order. */
    boolean isByChance() {
        return message.startsWith("failed to create typed patch object") && message.endsWith(
                ": field not declared in schema");
    }

    /** Code, reason and fields, in a line. */
    String summary() {
        return accepted() ? "accepted" : (code + " " + reason).strip() + " " + fields();
    }
}

package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the Kubernetes API, free of any transport.
 *
 * @param method HTTP method
 * @param path raw path below the API's root, e.g. {@code /api/v1/namespaces}
 * @param query raw query string, empty when there is none
 * @param headers by lower-case name
 * @param body the whole body, empty when there is none
 * @param caller who asks
 * @param root where the API's root lies on the server that was asked, e.g. {@code /kubernetes}; empty when it is the server's root
 */
public record ApiRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body,
        Caller caller, String root) {

    /** A request to an API at the server's root. */
    public ApiRequest(String method, String path, String query, Map<String, List<String>> headers, byte[] body,
            Caller caller) {
        this(method, path, query, headers, body, caller, "");
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Who asks. */
    public sealed interface Caller permits Trusted, Bearer, Anonymous {}

    /** The server itself: may do anything. */
    public record Trusted() implements Caller {}

    /** Whoever holds this token; the API finds out which namespace it opens. */
    public record Bearer(String token) implements Caller {

        @Override
        public String toString() {
            return "Bearer[token=hidden]";
        }
    }

    /** Nobody known. */
    public record Anonymous() implements Caller {}
}

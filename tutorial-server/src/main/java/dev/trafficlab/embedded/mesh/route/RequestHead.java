package dev.trafficlab.embedded.mesh.route;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.Headers;

/** What a proxy decides by: a request without its body, its path normalised, the parts found once. */
public final class RequestHead {

    private static final Set<String> JOINED = Set.of("accept", "accept-encoding", "access-control-request-headers",
            "access-control-request-method", "authorization", "cache-control", "content-encoding", "content-type",
            "expect", "grpc-timeout", "if-match", "if-none-match", "origin", "pragma", "referer", "te", "user-agent",
            "via", "x-client-trace-id", "x-envoy-attempt-count", "x-forwarded-for", "x-forwarded-host",
            "x-forwarded-port", "x-forwarded-proto", "x-request-id");

    private final String method;
    private final String authority;
    private final String target;
    private final Headers headers;
    private final String peer;
    private final int pathEnd;

    /**
     * @param method as sent
     * @param authority the Host header as sent
     * @param target normalised path with query
     * @param headers all headers but Host
     * @param peer {@code ip:port} of the client's end of the connection
     */
    public RequestHead(String method, String authority, String target, Headers headers, String peer) {
        this.method = method;
        this.authority = authority;
        this.target = target;
        this.headers = headers;
        this.peer = peer;
        int query = target.indexOf('?');
        this.pathEnd = query < 0 ? target.length() : query;
    }

    /** The method as sent. */
    public String method() {
        return method;
    }

    /** The Host header as sent, port included. */
    public String authority() {
        return authority;
    }

    /** Path and query. */
    public String target() {
        return target;
    }

    /** Where the path ends within the target. */
    public int pathEnd() {
        return pathEnd;
    }

    /** The path alone. */
    public String path() {
        return target.substring(0, pathEnd);
    }

    /** All headers but Host. */
    public Headers headers() {
        return headers;
    }

    /** The client's end of the connection, {@code ip:port}. */
    public String peer() {
        return peer;
    }

    /** How many chars of the peer are its IP (the brackets of IPv6 not taken off). */
    public int peerIpEnd() {
        int colon = peer.lastIndexOf(':');
        return colon < 0 || peer.indexOf(':') != colon && peer.charAt(0) != '[' ? peer.length() : colon;
    }

    /** The peer's IP as text. */
    public String peerIp() {
        int end = peerIpEnd();
        return peer.startsWith("[") && peer.charAt(end - 1) == ']' ? peer.substring(1, end - 1)
                : peer.substring(0, end);
    }

    /**
     * A header's value, several lines joined with a comma as Envoy joins them; {@code :method}, {@code :authority} and {@code :scheme}
     * are headers too. Null when there is none (an Optional would be garbage on the hottest path).
     */
    @Nullable
    String header(String name) {
        if (name.charAt(0) == ':' || name.equalsIgnoreCase("host")) {
            return switch (name) {
                case ":method" -> method;
                case ":scheme" -> "http";
                case ":path" -> target;
                default -> authority;
            };
        }
        String found = null;
        List<Headers.Field> fields = headers.fields();
        for (int i = 0; i < fields.size(); i++) {
            Headers.Field field = fields.get(i);
            if (field.name().equalsIgnoreCase(name)) {
                found = found == null ? field.value() : found + "," + field.value();
            }
        }
        return found;
    }

    /** Whether Envoy keeps all lines of the header as one from the start (envoy/http/header_map.h, inline headers). */
    static boolean isJoined(String name) {
        return JOINED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether one of the header's lines fulfils the condition. */
    boolean anyLine(String name, TextMatch wanted) {
        for (Headers.Field field : headers.fields()) {
            if (field.name().equalsIgnoreCase(name) && wanted.matches(field.value())) {
                return true;
            }
        }
        return false;
    }

    /** How many lines of the header there are. */
    int lines(String name) {
        int lines = 0;
        List<Headers.Field> fields = headers.fields();
        for (int i = 0; i < fields.size(); i++) {
            lines += fields.get(i).name().equalsIgnoreCase(name) ? 1 : 0;
        }
        return lines;
    }

    /** Where the first value of the query parameter starts, -1 when there is none; {@link #parameterEnd} says where it ends. */
    int parameterStart(String name) {
        int at = pathEnd + 1;
        while (at < target.length()) {
            int end = parameterEnd(at);
            int equals = target.indexOf('=', at);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (nameEnd - at == name.length() && target.startsWith(name, at)) {
                return Math.min(end, nameEnd + 1);
            }
            at = end + 1;
        }
        return -1;
    }

    /** The first value of the query parameter, as it came. */
    public Optional<String> parameter(String name) {
        int start = parameterStart(name);
        return start < 0 ? Optional.empty() : Optional.of(target.substring(start, parameterEnd(start)));
    }

    /** Where the query parameter ends that the position lies in. */
    int parameterEnd(int from) {
        int end = target.indexOf('&', from);
        return end < 0 ? target.length() : end;
    }
}

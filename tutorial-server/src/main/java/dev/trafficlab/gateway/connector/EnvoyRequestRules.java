package dev.trafficlab.gateway.connector;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.apache.coyote.Request;
import org.apache.tomcat.util.http.MimeHeaders;

import dev.trafficlab.embedded.Bounds;

/**
 * Requests that Envoy answers by itself, as its HTTP/1.1 codec and connection manager do (http1/codec_impl.cc, conn_manager_impl.cc,
 * path_utility.cc), seen at Envoy 1.40 with Istio's settings. Two Host lines are the one exception: Envoy joins them, RFC 9112 (section
 * 3.2) has them refused, and so are they here.
 */
public final class EnvoyRequestRules {

    /** The methods that Envoy's parser knows (balsa_parser.cc). */
    private static final Set<String> METHODS = Set.of("ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET",
            "HEAD", "LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "M-SEARCH", "NOTIFY",
            "OPTIONS",
            "PATCH", "POST", "PROPFIND", "PROPPATCH", "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE",
            "SUBSCRIBE",
            "TRACE", "UNBIND", "UNLINK", "UNLOCK", "UNSUBSCRIBE");

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~%!$&'()*+,;=:@\\[\\]-]*");
    private static final Pattern VERSION = Pattern.compile("HTTP/\\d\\.\\d|");

    private static final Rejection BAD = new Rejection(400, "Bad Request");
    private static final Rejection BARE = new Rejection(400, "");
    private static final Rejection TOO_LARGE = new Rejection(431, "Request Header Fields Too Large");
    private static final Rejection NOT_IMPLEMENTED = new Rejection(501, "Not Implemented");
    private static final Rejection UPGRADE_REQUIRED = new Rejection(426, "Upgrade Required");
    private static final Rejection OTHER_SCHEME = new Rejection(403, "Forbidden");
    private static final Rejection FORBIDDEN = new Rejection(403, "");

    private EnvoyRequestRules() {}

    /**
     * What Envoy says to a request that it does not take.
     *
     * @param status the answer's status
     * @param body its text, which may be empty
     */
    public record Rejection(int status, String body) {}

    /**
     * The answer to a request that is none to be routed, whatever Tomcat has said of it already.
     */
    public static Optional<Rejection> check(Request request) {
        MimeHeaders headers = request.getMimeHeaders();
        if (headers.size() > Bounds.GATEWAY_HEADERS
                || RequestHeads.bytes(request) > Bounds.GATEWAY_HEADER_BYTES) {
            return Optional.of(TOO_LARGE);
        }
        if (request.requestURI().isNull() || !METHODS.contains(request.getMethod())) {
            return Optional.of(BAD);
        }
        if (!RequestHeads.isWhole(request)) {
            return Optional.of(BAD);
        }
        return framing(request, headers).or(() -> protocol(request))
                .or(() -> authority(request, headers))
                .or(() -> target(request))
                .or(() -> upgrade(headers));
    }

    private static Optional<Rejection> framing(Request request, MimeHeaders headers) {
        List<String> lengths = values(headers, "content-length");
        List<String> codings = values(headers, "transfer-encoding");
        if (!codings.isEmpty() && RequestHeads.hasLength(request)) {
            return Optional.of(BAD);
        }
        boolean oneLength = lengths.size() == 1 && codings.isEmpty() && LENGTH.matcher(lengths.getFirst()).matches();
        if (!lengths.isEmpty() && !oneLength) {
            return Optional.of(BAD);
        }
        boolean chunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
        return codings.isEmpty() || chunked ? Optional.empty() : Optional.of(NOT_IMPLEMENTED);
    }

    /** Istio's Envoys speak HTTP/1.0 only where {@code PILOT_HTTP10} asks for it. */
    private static Optional<Rejection> protocol(Request request) {
        if (request.protocol().equals("HTTP/1.1")) {
            return Optional.empty();
        }
        // Tomcat keeps nothing of a protocol with characters that no protocol has.
        boolean older = !request.protocol().isNull() && VERSION.matcher(request.protocol().toString()).matches();
        return Optional.of(older ? UPGRADE_REQUIRED : BAD);
    }

    private static Optional<Rejection> authority(Request request, MimeHeaders headers) {
        List<String> hosts = values(headers, "host");
        String target = RequestHeads.isPath(request) ? "/" : RequestHeads.rawTarget(request);
        if (target.regionMatches(true, 0, "https://", 0, 8)) {
            return Optional.of(OTHER_SCHEME);
        }
        if (hosts.isEmpty() && target.startsWith("/")) {
            return Optional.of(BARE);
        }
        return hosts.size() <= 1 && AUTHORITY.matcher(RequestHeads.authority(request)).matches() ? Optional.empty()
                : Optional.of(BAD);
    }

    private static Optional<Rejection> target(Request request) {
        if (!RequestTargets.fitsEnvoy(request)) {
            return Optional.of(BAD);
        }
        String path = request.requestURI().toString();
        if (!path.startsWith("/")) {
            return Optional.of(BAD);
        }
        return path.contains("%00") ? Optional.of(BARE) : Optional.empty();
    }

    /** Istio allows upgrades to WebSocket alone; one to HTTP/2 is passed over. */
    private static Optional<Rejection> upgrade(MimeHeaders headers) {
        boolean asked = values(headers, "connection").stream()
                .anyMatch(tokens -> tokens.toLowerCase(Locale.ROOT).contains("upgrade"));
        boolean other = values(headers, "upgrade").stream()
                .anyMatch(protocol -> !protocol.equalsIgnoreCase("websocket") && !protocol.equalsIgnoreCase("h2c"));
        return asked && other ? Optional.of(FORBIDDEN) : Optional.empty();
    }

    private static List<String> values(MimeHeaders headers, String name) {
        List<String> values = new ArrayList<>(1);
        Enumeration<String> found = headers.values(name);
        while (found.hasMoreElements()) {
            values.add(found.nextElement());
        }
        return values;
    }
}

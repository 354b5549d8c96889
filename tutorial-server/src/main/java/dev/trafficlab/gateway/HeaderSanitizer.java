package dev.trafficlab.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.trafficlab.demo.Headers;

/**
 * Keeps this server's own origin apart from the apps behind a gateway, where both answer at one address: an app's author is a stranger to
 * everybody else's browser. Where a lab has a site of its own, nothing is dropped but what would reach other sites.
 */
final class HeaderSanitizer {

    /** The names of this server's own cookies, which carry a prefix over https (RFC 6265bis, section 4.1.3). */
    private static final Pattern OWN_COOKIE = Pattern.compile(
            "(__Host-|__Secure-)?(lab-[a-z2-7]{10}|XSRF-TOKEN|traffic[-_]lab[-_].*)");

    private static final Pattern OWN_BEARER = Pattern.compile(
            "(?i)bearer\\s+(lab-[a-z2-7]{10}\\..*|[-a-z0-9]+\\.[-_a-z0-9]{43})");
    private static final Pattern BASIC = Pattern.compile("(?i)basic\\s+(\\S+)\\s*");
    private static final String INSTRUCTOR = "instructor:";

    /** RFC 9110, section 7.6.1: these speak of one connection only. Others that are named so do reach an Istio gateway's routes. */
    private static final Set<String> HOP_BY_HOP_IN = Set.of("connection", "keep-alive", "proxy-connection",
            "transfer-encoding");
    private static final Set<String> HOP_BY_HOP_OUT = Set.of("connection", "keep-alive", "proxy-connection", "te",
            "trailer", "transfer-encoding", "upgrade", "proxy-authenticate", "proxy-authorization");

    /** Answer headers that a browser takes as the whole origin's word, which an app behind a gateway must not speak. */
    private static final Set<String> WHOLE_ORIGIN = Set.of("clear-site-data", "strict-transport-security", "alt-svc",
            "report-to", "reporting-endpoints", "nel", "origin-agent-cluster", "service-worker-allowed");

    private static final Pattern DOMAIN = Pattern.compile("(?i);\\s*+domain\\s*+=\\s*+\\.?([^;]*+)");

    private HeaderSanitizer() {}

    /**
     * Headers that may go on.
     *
     * @param dropped what may not, in words
     */
    record Sanitized(Headers headers, List<String> dropped) {}

    /** The request's headers as the mesh of a lab with its own site sees them: all but Host and those of the connection. */
    static Headers inbound(Headers headers) {
        Predicate<Headers.Field> hop = hopByHop(headers, HOP_BY_HOP_IN);
        return new Headers(headers.fields().stream().filter(hop.negate()).filter(field -> !is(field, "host")).toList());
    }

    /** The same without the credentials of this server, for a lab that shares its address. */
    static Sanitized inboundShared(Headers headers) {
        List<String> dropped = new ArrayList<>();
        List<Headers.Field> kept = new ArrayList<>();
        for (Headers.Field field : inbound(headers).fields()) {
            if (is(field, "authorization") && isOwnCredential(field.value())) {
                dropped.add("the header authorization, as it signs in to this server");
            } else if (is(field, "cookie")) {
                withoutOwnCookies(field, dropped).ifPresent(kept::add);
            } else {
                kept.add(field);
            }
        }
        return new Sanitized(new Headers(kept), List.copyOf(dropped));
    }

    /** The answer's headers as the browser may see them where the lab has a site of its own. */
    static Headers outbound(Headers headers, String host) {
        Predicate<Headers.Field> hop = hopByHop(headers, HOP_BY_HOP_OUT);
        return new Headers(headers.fields()
                .stream()
                .filter(hop.negate())
                .map(field -> is(field, "set-cookie") ? ofThisHost(field, host) : field)
                .toList());
    }

    /** The same where the lab shares its address with this server: fenced in by a sandbox, cookies and redirects by its path. */
    static Sanitized outboundShared(Headers headers, PathSite site) {
        Predicate<Headers.Field> hop = hopByHop(headers, HOP_BY_HOP_OUT);
        List<String> dropped = new ArrayList<>();
        List<Headers.Field> kept = new ArrayList<>();
        int cookies = 0;
        for (Headers.Field field : headers.fields()) {
            if (hop.test(field)) {
                continue;
            }
            if (is(field, "set-cookie")) {
                cookies++;
                String why = refusal(field.value(), cookies);
                if (why.isEmpty()) {
                    kept.add(new Headers.Field(field.name(), site.cookie(field.value())));
                } else {
                    dropped.add("the cookie " + name(field.value()) + ", " + why);
                }
            } else if (WHOLE_ORIGIN.contains(lower(field))) {
                dropped.add("the header " + lower(field) + ", which would speak for all of this server");
            } else {
                kept.add(is(field, "location") ? site.location(field) : field);
            }
        }
        return new Sanitized(new Headers(kept)
                .plus("content-security-policy", "sandbox allow-scripts allow-forms allow-popups")
                .plus("x-content-type-options", "nosniff"), List.copyOf(dropped));
    }

    private static String refusal(String line, int cookies) {
        if (isOwnCookie(line)) {
            return "whose name is one of this server's own";
        }
        if (line.length() > PathSite.LARGEST_COOKIE) {
            return "which is larger than browsers keep";
        }
        return cookies > PathSite.MOST_COOKIES ? "of which one answer sets too many" : "";
    }

    private static Predicate<Headers.Field> hopByHop(Headers headers, Set<String> always) {
        Set<String> named = headers.all("connection")
                .stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("upgrade") && !name.equals("te"))
                .collect(Collectors.toUnmodifiableSet());
        return field -> always.contains(lower(field)) || named.contains(lower(field));
    }

    private static boolean isOwnCredential(String value) {
        Matcher basic = BASIC.matcher(value);
        return basic.matches() ? isInstructor(basic.group(1)) : OWN_BEARER.matcher(value).matches();
    }

    private static boolean isInstructor(String encoded) {
        try {
            String plain = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
            return plain.startsWith(INSTRUCTOR);
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** The line as it came where none of the cookies is this server's own; nothing where all are. */
    private static Optional<Headers.Field> withoutOwnCookies(Headers.Field field, List<String> dropped) {
        List<String> others = new ArrayList<>();
        int own = 0;
        for (String pair : field.value().split(";")) {
            if (isOwnCookie(pair.strip())) {
                dropped.add("the cookie " + name(pair.strip()) + ", which is one of this server's own");
                own++;
            } else {
                others.add(pair.strip());
            }
        }
        if (own == 0) {
            return Optional.of(field);
        }
        String kept = String.join("; ", others);
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Headers.Field(field.name(), kept));
    }

    /** A cookie for a wider domain would reach this server's own pages, or other labs; without the attribute it is the host's own. */
    private static Headers.Field ofThisHost(Headers.Field field, String host) {
        int port = host.lastIndexOf(':');
        String own = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
        Matcher domain = DOMAIN.matcher(field.value());
        boolean wider = domain.find() && !domain.group(1).strip().toLowerCase(Locale.ROOT).equals(own);
        return wider ? new Headers.Field(field.name(), DOMAIN.matcher(field.value()).replaceAll("")) : field;
    }

    private static boolean isOwnCookie(String pair) {
        int equals = pair.indexOf('=');
        String name = name(pair);
        return equals >= 0 && (OWN_COOKIE.matcher(name).matches() || pair.startsWith(name + ".", equals + 1));
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? pair : pair.substring(0, equals).strip();
    }

    private static boolean is(Headers.Field field, String name) {
        return field.name().equalsIgnoreCase(name);
    }

    private static String lower(Headers.Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}

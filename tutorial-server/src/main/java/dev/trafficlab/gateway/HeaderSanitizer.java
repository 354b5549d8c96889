package dev.trafficlab.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.trafficlab.demo.Headers;

/**
 * Keeps this server's own origin apart from the apps behind a gateway, although both answer at one address: an app's author is a
 * stranger to everybody else's browser.
 */
final class HeaderSanitizer {

    private static final Pattern OWN_COOKIE = Pattern.compile("(lab-[a-z2-7]{10}|XSRF-TOKEN|JSESSIONID)");
    private static final Pattern OWN_CREDENTIALS = Pattern.compile(
            "(?i)(basic\\s.*|bearer\\s+lab-[a-z2-7]{10}\\..*|bearer\\s+[-a-z0-9]+\\.[-_a-z0-9]{43})");

    /** RFC 9110, section 7.6.1: these speak of one connection only. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "te",
            "trailer",
            "transfer-encoding", "upgrade", "proxy-authenticate", "proxy-authorization");

    /** Answer headers that a browser takes as the whole origin's word, which an app behind a gateway must not speak. */
    private static final Set<String> WHOLE_ORIGIN = Set.of("clear-site-data", "strict-transport-security", "alt-svc",
            "report-to", "reporting-endpoints", "nel", "origin-agent-cluster", "service-worker-allowed");

    private HeaderSanitizer() {}

    /** The request's headers as the mesh may see them: no hop-by-hop ones, none of our own credentials, no Host. */
    static Headers inbound(Headers headers) {
        Predicate<Headers.Field> hop = hopByHop(headers);
        return new Headers(headers.fields()
                .stream()
                .filter(hop.negate())
                .filter(field -> !isHost(field)
                        && !isOwnCredential(field))
                .map(HeaderSanitizer::withoutOwnCookies)
                .filter(field -> !field.value().isEmpty() || !isCookie(field))
                .toList());
    }

    /** The answer's headers as the browser may see them, fenced in by a sandbox. */
    static Headers outbound(Headers headers) {
        Predicate<Headers.Field> hop = hopByHop(headers);
        return new Headers(headers.fields()
                .stream()
                .filter(hop.negate())
                .filter(field -> !WHOLE_ORIGIN.contains(lower(field)) && !setsOwnCookie(field))
                .toList())
                .plus("content-security-policy", "sandbox allow-scripts allow-forms allow-popups")
                .plus("x-content-type-options", "nosniff");
    }

    private static Predicate<Headers.Field> hopByHop(Headers headers) {
        Set<String> named = headers.all("connection")
                .stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return field -> HOP_BY_HOP.contains(lower(field)) || named.contains(lower(field));
    }

    private static boolean isOwnCredential(Headers.Field field) {
        return field.name().equalsIgnoreCase("authorization") && OWN_CREDENTIALS.matcher(field.value()).matches();
    }

    private static Headers.Field withoutOwnCookies(Headers.Field field) {
        if (!isCookie(field)) {
            return field;
        }
        String others = Arrays.stream(field.value().split(";"))
                .map(String::strip)
                .filter(pair -> !isOwnCookie(pair))
                .collect(Collectors.joining("; "));
        return new Headers.Field(field.name(), others);
    }

    private static boolean setsOwnCookie(Headers.Field field) {
        return field.name().equalsIgnoreCase("set-cookie") && isOwnCookie(field.value());
    }

    private static boolean isOwnCookie(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        return equals >= 0 && (OWN_COOKIE.matcher(name).matches() || pair.startsWith(name + ".", equals + 1));
    }

    private static boolean isCookie(Headers.Field field) {
        return field.name().equalsIgnoreCase("cookie");
    }

    private static boolean isHost(Headers.Field field) {
        return field.name().equalsIgnoreCase("host");
    }

    private static String lower(Headers.Field field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}

package dev.trafficlab.web.cookies;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Cookies of this server alone. Over https their names begin with {@code __Host-}, or with {@code __Secure-} below a path, so that no
 * other host and no plain connection can plant one (RFC 6265bis, section 4.1.3); below a path they are not sent to its neighbours.
 */
public final class OwnCookies {

    private static final String HOST = "__Host-";
    private static final String SECURE = "__Secure-";

    private OwnCookies() {}

    /** The cookie's full name, as the request's connection asks for. */
    public static String name(String plain, HttpServletRequest request) {
        if (!request.isSecure()) {
            return plain;
        }
        return (request.getContextPath().isEmpty() ? HOST : SECURE) + plain;
    }

    /** The paths that the cookies hold for: all those of this server. */
    public static String path(HttpServletRequest request) {
        return request.getContextPath().isEmpty() ? "/" : request.getContextPath();
    }

    /** What the cookie says, if the request carries it. */
    public static Optional<String> read(String plain, HttpServletRequest request) {
        String name = name(plain, request);
        return all(request).filter(cookie -> cookie.getName().equals(name)).map(Cookie::getValue).findFirst();
    }

    /** The request's cookies that may be ours, by their plain names. */
    public static Stream<Own> own(HttpServletRequest request) {
        String prefix = name("", request);
        return all(request).filter(cookie -> cookie.getName().startsWith(prefix))
                .map(cookie -> new Own(cookie.getName().substring(prefix.length()), cookie.getValue()));
    }

    /** Sets a cookie that scripts cannot read and other sites' requests do not carry. */
    public static void set(String plain, String value, Duration life, HttpServletRequest request,
            HttpServletResponse response) {
        ResponseCookie cookie = ResponseCookie.from(name(plain, request), value)
                .path(path(request))
                .httpOnly(true)
                .sameSite("Lax")
                .secure(request.isSecure())
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** Takes the cookie back. */
    public static void remove(String plain, HttpServletRequest request, HttpServletResponse response) {
        set(plain, "", Duration.ZERO, request, response);
    }

    private static Stream<Cookie> all(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? Stream.empty() : Arrays.stream(cookies);
    }

    /** A cookie by its plain name. */
    public record Own(String name, String value) {}
}

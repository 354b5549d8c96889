package dev.trafficlab.web.security;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;

/**
 * Tells whose request it is. A learner shows a lab's secret as a bearer token or in the cookie that is named like the lab.
 *
 * <p>A request with a bearer token is judged by that token alone: it is exempt from CSRF protection, so its cookies must not count.
 */
@Component
public class LearnerAccess {

    private static final String BEARER = "bearer ";
    private static final Duration COOKIE_LIFE = Duration.ofDays(30);

    private final Labs labs;

    /** Access to these labs. */
    public LearnerAccess(Labs labs) {
        this.labs = labs;
    }

    /** Whether the request comes from the lab's learner. */
    public boolean opens(String labId, HttpServletRequest request) {
        return judge(labId, request) == Verdict.OPEN;
    }

    /** Whether the request comes from the lab's learner, and if not, what is in the way. */
    public Verdict judge(String labId, HttpServletRequest request) {
        Optional<String> token = token(labId, request);
        if (token.isEmpty()) {
            return Verdict.NO_SECRET;
        }
        if (labs.opens(labId, token.get())) {
            return Verdict.OPEN;
        }
        String home = labOf(token.get());
        if (home.equals(labId)) {
            return labs.find(labId).isPresent() ? Verdict.WRONG_SECRET : Verdict.NO_LAB;
        }
        return !home.isEmpty() && labs.opens(home, token.get()) ? Verdict.OTHER_LAB : Verdict.WRONG_SECRET;
    }

    /** The secret that the request shows for the lab, right or wrong. */
    public Optional<String> token(String labId, HttpServletRequest request) {
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()) {
            return bearer;
        }
        return cookies(request).filter(cookie -> cookie.getName().equals(labId)).map(Cookie::getValue).findFirst();
    }

    /** The ids of the labs whose cookies the request carries and opens, for "welcome back". */
    public List<String> labs(HttpServletRequest request) {
        return labCookies(request).filter(cookie -> labs.opens(cookie.getName(), cookie.getValue()))
                .map(Cookie::getName)
                .toList();
    }

    /** Gives the browser the new lab's secret, and takes back those of labs that are no more. */
    public void welcome(NewLab made, HttpServletRequest request, HttpServletResponse response) {
        labCookies(request).filter(cookie -> !labs.opens(cookie.getName(), cookie.getValue()))
                .forEach(stale -> setCookie(stale.getName(), "", Duration.ZERO, request, response));
        setCookie(made.lab().id(), made.token(), COOKIE_LIFE, request, response);
    }

    /** What a request for a lab turns out to be. */
    public enum Verdict {
        /** The lab's own learner. */
        OPEN,
        /** It shows no secret for this lab. */
        NO_SECRET,
        /** It shows one that is not this lab's nor any other's. */
        WRONG_SECRET,
        /** It shows another lab's secret. */
        OTHER_LAB,
        /** It shows a secret of this lab, which is no more. */
        NO_LAB
    }

    static Optional<String> bearer(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return Optional.of(authorization.substring(BEARER.length()).strip());
    }

    private static String labOf(String token) {
        return token.substring(0, Math.max(token.indexOf('.'), 0));
    }

    /** Cookies that hold a token of the lab they are named like; anything else in the jar is none of ours. */
    private static Stream<Cookie> labCookies(HttpServletRequest request) {
        return cookies(request).filter(cookie -> cookie.getValue().startsWith(cookie.getName() + "."));
    }

    private static Stream<Cookie> cookies(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? Stream.empty() : Arrays.stream(cookies);
    }

    private static void setCookie(String name, String value, Duration life, HttpServletRequest request,
            HttpServletResponse response) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure(request.isSecure())
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}

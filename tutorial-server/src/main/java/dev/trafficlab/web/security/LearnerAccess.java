package dev.trafficlab.web.security;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import dev.trafficlab.forwarded.IpLiteral;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.limits.Limit;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.limits.TooManyRequestsException;
import dev.trafficlab.web.cookies.OwnCookies;

/**
 * Tells whose request it is. A learner shows a lab's secret as a bearer token or in the cookie that is named like the lab.
 *
 * <p>A request with a bearer token is judged by that token alone: it is exempt from CSRF protection, so its cookies must not count.
 */
@Component
public class LearnerAccess {

    /** RFC 9110, section 11.4: the scheme's case does not matter, and spaces follow it; clients write tabs, too. */
    private static final Pattern BEARER = Pattern.compile("(?i)bearer[ \\t]++(.*+)");
    private static final Duration COOKIE_LIFE = Duration.ofDays(30);

    private static final String JUDGED = LearnerAccess.class.getName() + ".judged.";

    private final Labs labs;
    private final Limit wrongSecrets;

    /** Access to these labs. */
    public LearnerAccess(Labs labs, Limits limits) {
        this.labs = labs;
        this.wrongSecrets = limits.secretFailures();
    }

    /** Whether the request comes from the lab's learner. */
    public boolean opens(String labId, HttpServletRequest request) {
        return judge(labId, request) == Verdict.OPEN;
    }

    /**
     * Whether the request comes from the lab's learner, and if not, what is in the way.
     *
     * @throws TooManyRequestsException when the secret is wrong, and too many wrong ones came from the address
     */
    public Verdict judge(String labId, HttpServletRequest request) {
        String attribute = JUDGED + labId;
        if (request.getAttribute(attribute) instanceof Verdict judged) {
            return judged;
        }
        Verdict verdict = look(labId, request);
        request.setAttribute(attribute, verdict);
        if (verdict == Verdict.WRONG_SECRET) {
            wrongSecrets.take(IpLiteral.client(request.getRemoteAddr()), 1);
        }
        return verdict;
    }

    private Verdict look(String labId, HttpServletRequest request) {
        Optional<String> token = token(labId, request);
        if (token.isEmpty()) {
            return Verdict.NO_SECRET;
        }
        if (labs.opens(labId, token.get())) {
            return Verdict.OPEN;
        }
        String home = home(token.get());
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
        return OwnCookies.read(labId, request);
    }

    /** The ids of the labs whose cookies the request carries and opens, for "welcome back". */
    public List<String> labs(HttpServletRequest request) {
        return labCookies(request).filter(cookie -> labs.opens(cookie.name(), cookie.value()))
                .map(OwnCookies.Own::name)
                .toList();
    }

    /** Gives the browser the new lab's secret, and takes back those of labs that are no more. */
    public void welcome(NewLab made, HttpServletRequest request, HttpServletResponse response) {
        labCookies(request).filter(cookie -> !labs.opens(cookie.name(), cookie.value()))
                .forEach(stale -> OwnCookies.remove(stale.name(), request, response));
        OwnCookies.set(made.lab().id(), made.token(), COOKIE_LIFE, request, response);
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

    /** The bearer token that the request shows. */
    public static Optional<String> bearer(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return Optional.ofNullable(authorization)
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1).strip());
    }

    /** The lab that the secret opens. */
    Optional<String> labOf(String secret) {
        return Optional.of(home(secret)).filter(lab -> !lab.isEmpty() && labs.opens(lab, secret));
    }

    private static String home(String token) {
        return token.substring(0, Math.max(token.indexOf('.'), 0));
    }

    /** Cookies that hold a token of the lab they are named like; anything else in the jar is none of ours. */
    private static Stream<OwnCookies.Own> labCookies(HttpServletRequest request) {
        return OwnCookies.own(request).filter(cookie -> cookie.value().startsWith(cookie.name() + "."));
    }
}

package dev.trafficlab.web.signin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.AuthenticationDetailsSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

import dev.trafficlab.web.cookies.OwnCookies;
import dev.trafficlab.web.cookies.SigningKey;

/**
 * Remembers the instructor in a signed cookie, so that any replica with the same key knows her, before and after a restart. It holds for
 * a working day, and no longer than the password. A second one, which gives no right, says for longer that this browser is hers.
 */
public final class SignInCookie
        implements
            SecurityContextRepository,
            AuthenticationDetailsSource<HttpServletRequest, SignInDetails> {

    private static final String NAME = "traffic-lab-instructor";
    private static final String BROWSER = "traffic-lab-known";
    private static final Duration LIFE = Duration.ofHours(12);
    private static final Duration BROWSER_LIFE = Duration.ofDays(90);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final SigningKey key;
    private final InstantSource clock;
    private final String purpose;
    private final String browserPurpose;
    private final SecureRandom random = new SecureRandom();

    SignInCookie(SigningKey key, InstructorAccount account, InstantSource clock) {
        this.key = key;
        this.clock = clock;
        this.purpose = account.purpose(key, NAME);
        this.browserPurpose = account.purpose(key, BROWSER);
    }

    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return containsContext(holder.getRequest())
                ? new SecurityContextImpl(InstructorAccount.signedIn())
                : new SecurityContextImpl();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication who = context.getAuthentication();
        if (who == null || !who.isAuthenticated()) {
            if (OwnCookies.read(NAME, request).isPresent()) {
                OwnCookies.remove(NAME, request, response);
            }
            return;
        }
        long end = clock.instant().plus(LIFE).getEpochSecond();
        OwnCookies.set(NAME, key.sign(purpose, Long.toString(end)), LIFE, request, response);
        String browser = browser(request).orElseGet(() -> HexFormat.of().toHexDigits(random.nextLong()));
        OwnCookies.set(BROWSER, key.sign(browserPurpose, browser), BROWSER_LIFE, request, response);
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return OwnCookies.read(NAME, request)
                .flatMap(value -> key.open(purpose, value))
                .filter(SECONDS.asMatchPredicate())
                .map(end -> Instant.ofEpochSecond(Long.parseLong(end)))
                .filter(end -> end.isAfter(clock.instant()))
                .isPresent();
    }

    @Override
    public SignInDetails buildDetails(HttpServletRequest request) {
        return SignInDetails.of(request, browser(request));
    }

    private Optional<String> browser(HttpServletRequest request) {
        return OwnCookies.read(BROWSER, request).flatMap(value -> key.open(browserPurpose, value));
    }
}

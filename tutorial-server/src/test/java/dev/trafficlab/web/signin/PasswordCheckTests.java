package dev.trafficlab.web.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;

import dev.trafficlab.limits.Limits;
import dev.trafficlab.web.cookies.SigningKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PasswordCheckTests {

    private static final SigningKey KEY = new SigningKey(new byte[32]);
    private static final Instant MORNING = Instant.parse("2030-01-01T08:00:00Z");

    private final InstructorAccount account = new InstructorAccount("correct horse");
    private final PasswordCheck check = new PasswordCheck(account, new Limits(true));

    @Test
    void wrongOnesAreCountedAndTheRightOneIsLetThrough() {
        for (int i = 0; i < 1_000; i++) {
            assertThatThrownBy(() -> signIn("room", "guess")).isInstanceOfAny(BadCredentialsException.class,
                    TooManyGuessesException.class);
            assertThat(signIn("room", "correct horse").isAuthenticated()).isTrue();
        }
        assertThatThrownBy(() -> signIn("room", "guess")).isInstanceOf(TooManyGuessesException.class);
        assertThatThrownBy(() -> signIn("elsewhere", "guess")).isInstanceOf(BadCredentialsException.class);
    }

    /** Where more is guessed than is looked at, a browser that the instructor has used before is still let in. */
    @Test
    void aKnownBrowserHasARoomOfItsOwn() {
        for (int i = 0; i < 10_000; i++) {
            try {
                signIn("room", "guess" + i);
            } catch (BadCredentialsException | TooManyGuessesException refused) {
                // as it ought to be
            }
        }
        SignInCookie cookie = cookie(account, MORNING);
        MockHttpServletResponse signedIn = new MockHttpServletResponse();
        cookie.saveContext(new SecurityContextImpl(InstructorAccount.signedIn()), request(), signedIn);
        MockHttpServletRequest later = request();
        later.setCookies(signedIn.getCookies());

        assertThatThrownBy(() -> signIn("room", "correct horse")).isInstanceOf(TooManyGuessesException.class);
        assertThat(signIn(cookie.buildDetails(later).source(), "correct horse").isAuthenticated()).isTrue();
    }

    @Test
    void anotherNameIsNotTheInstructor() {
        assertThatThrownBy(() -> check.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("admin",
                "correct horse"))).isInstanceOf(BadCredentialsException.class);
    }

    @Test
    void aSignInHoldsAtEveryReplicaForAWorkingDayAndForOnePassword() {
        MockHttpServletResponse signedIn = new MockHttpServletResponse();
        cookie(account, MORNING).saveContext(new SecurityContextImpl(InstructorAccount.signedIn()), request(),
                signedIn);
        MockHttpServletRequest next = request();
        next.setCookies(signedIn.getCookies());

        InstructorAccount replica = new InstructorAccount("correct horse");
        assertThat(cookie(replica, MORNING.plus(Duration.ofHours(11))).containsContext(next)).isTrue();
        assertThat(cookie(replica, MORNING.plus(Duration.ofHours(13))).containsContext(next)).isFalse();
        assertThat(cookie(new InstructorAccount("a new one"), MORNING).containsContext(next)).isFalse();
        assertThat(next.getSession(false)).isNull();
    }

    private Authentication signIn(String source, String password) {
        var attempt = UsernamePasswordAuthenticationToken.unauthenticated(InstructorAccount.USER, password);
        attempt.setDetails(new SignInDetails(source));
        return check.authenticate(attempt);
    }

    private static SignInCookie cookie(InstructorAccount account, Instant now) {
        return new SignInCookie(KEY, account, InstantSource.fixed(now));
    }

    private static MockHttpServletRequest request() {
        return new MockHttpServletRequest();
    }
}

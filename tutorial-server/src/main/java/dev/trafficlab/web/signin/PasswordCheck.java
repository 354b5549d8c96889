package dev.trafficlab.web.signin;

import java.time.Duration;
import java.util.Optional;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

import dev.trafficlab.limits.Limit;
import dev.trafficlab.limits.Limits;

/**
 * Looks at passwords, however they came. First it checks, then it counts: the right one is let in whatever others at the same address
 * do, and a wrong one is answered 401 until there were too many from there, and 429 from then on.
 *
 * <p>To let the right one through is to look at every guess, so how many are looked at is bounded as well, far above what a class
 * does. Browsers from which the instructor has signed in before have a bound of their own, beyond the reach of their neighbours.
 */
public final class PasswordCheck implements AuthenticationProvider {

    private final InstructorAccount account;
    private final Limit checks;
    private final Limit failures;

    PasswordCheck(InstructorAccount account, Limits limits) {
        this.account = account;
        this.checks = limits.signInChecks();
        this.failures = limits.signInFailures();
    }

    @Override
    public Authentication authenticate(Authentication attempt) throws AuthenticationException {
        String source = attempt.getDetails() instanceof SignInDetails details ? details.source() : "";
        refuse(checks, checks.tryTake(source, 1));
        if (account.matches(attempt.getName(), String.valueOf(attempt.getCredentials()))) {
            checks.giveBack(source, 1);
            return InstructorAccount.signedIn();
        }
        refuse(failures, failures.tryTake(source, 1));
        throw new BadCredentialsException("wrong name or password");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static void refuse(Limit limit, Optional<Duration> wait) {
        wait.ifPresent(time -> {
            throw new TooManyGuessesException(limit.refusal(time));
        });
    }
}

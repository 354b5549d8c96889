package dev.trafficlab.web.signin;

import java.security.SecureRandom;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.limits.Limits;
import dev.trafficlab.web.cookies.SigningKey;

/** The one account there is: the instructor's. */
@Configuration(proxyBeanMethods = false)
class InstructorConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(InstructorConfiguration.class);

    /** Letters and digits that are not mistaken for one another when read off a screen. */
    private static final String LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 20;
    private static final int SHORT = 12;

    @Bean
    InstructorAccount instructorAccount(InstructorSettings settings) {
        String password = settings.instructorPassword();
        if (password.isBlank()) {
            password = invent(new SecureRandom());
            LOG.atInfo()
                    .log("No instructor password is set, so this one holds until the next start (user "
                            + InstructorAccount.USER + "): " + password);
        } else if (password.length() < SHORT) {
            LOG.atWarn()
                    .log("The instructor's password is shorter than " + SHORT
                            + " characters; guessing is slowed down, but a longer one is safer");
        }
        return new InstructorAccount(password);
    }

    /** Spring Security finds it, as the only one of its kind, for every chain of filters. */
    @Bean
    PasswordCheck passwordCheck(InstructorAccount account, Limits limits) {
        return new PasswordCheck(account, limits);
    }

    @Bean
    SignInCookie signInCookie(SigningKey key, InstructorAccount account) {
        return new SignInCookie(key, account, InstantSource.system());
    }

    private static String invent(SecureRandom random) {
        return random.ints(LENGTH, 0, LEGIBLE.length())
                .mapToObj(LEGIBLE::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}

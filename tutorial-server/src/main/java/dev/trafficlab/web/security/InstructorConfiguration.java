package dev.trafficlab.web.security;

import java.security.SecureRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** The one account there is: the instructor's. */
@Configuration(proxyBeanMethods = false)
class InstructorConfiguration {

    static final String USER = "instructor";
    static final String ROLE = "INSTRUCTOR";

    private static final Logger LOG = LoggerFactory.getLogger(InstructorConfiguration.class);

    /** Letters and digits that are not mistaken for one another when read off a screen. */
    private static final String LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 20;

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    UserDetailsService accounts(InstructorSettings settings, PasswordEncoder encoder) {
        String password = settings.instructorPassword();
        if (password.isBlank()) {
            password = invent(new SecureRandom());
            LOG.atInfo()
                    .log("No instructor password is set, so this one holds until the next start (user " + USER
                            + "): "
                            + password);
        }
        return new InMemoryUserDetailsManager(User.withUsername(USER)
                .password(encoder.encode(password))
                .roles(ROLE)
                .build());
    }

    private static String invent(SecureRandom random) {
        return random.ints(LENGTH, 0, LEGIBLE.length())
                .mapToObj(LEGIBLE::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}

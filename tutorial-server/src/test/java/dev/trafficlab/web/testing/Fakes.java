package dev.trafficlab.web.testing;

import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import dev.trafficlab.lab.Labs;
import dev.trafficlab.web.security.LearnerAccess;

import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

/**
 * What the pages stand on, to be imported. Not a {@code @Configuration}: the real application scans this package in its tests and must
 * not find it.
 */
@EnableWebSecurity
public class Fakes {

    @Bean
    FakeLabs labs() {
        return new FakeLabs();
    }

    @Bean
    FakeTraffic traffic() {
        return new FakeTraffic();
    }

    @Bean
    LearnerAccess access(Labs labs) {
        return new LearnerAccess(labs);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.spa())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives("default-src 'self'; object-src 'none'")))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).build();
    }

    /** The slice's pages behind the filters that guard them. */
    public static MockMvcTester guarded(WebApplicationContext context) {
        return MockMvcTester.from(context, builder -> builder.apply(springSecurity()).build());
    }
}

package dev.trafficlab.metrics;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/**
 * Metrics are for the operator: served at {@code management.server.port}, and not found at the port that learners use. Liveness and readiness
 * are for everyone.
 */
@Configuration(proxyBeanMethods = false)
class ScrapingChain {

    @Bean
    @Order(0)
    SecurityFilterChain scraping(HttpSecurity http, Environment environment) throws Exception {
        boolean ownPort = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        return http.securityMatcher("/actuator/prometheus", "/livez", "/readyz")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(new HttpStatusEntryPoint(
                        HttpStatus.NOT_FOUND)))
                .authorizeHttpRequests(requests -> {
                    if (!ownPort) {
                        requests.requestMatchers("/actuator/prometheus").denyAll();
                    }
                    requests.anyRequest().permitAll();
                })
                .build();
    }
}

package dev.trafficlab.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;

import dev.trafficlab.limits.Limits;
import dev.trafficlab.web.cookies.CsrfCookies;
import dev.trafficlab.web.signin.BasicCredentials;
import dev.trafficlab.web.signin.InstructorAccount;
import dev.trafficlab.web.signin.SignInCookie;

/**
 * Who passes where. A learner's right to a lab is checked where the lab is opened, by {@link LearnerAccess}; here it is the
 * instructor's paths, CSRF and the headers of every answer. The gateway is answered before any of this. There are no sessions.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String KUBERNETES = "/kubernetes";

    private final LearnerAccess access;
    private final ProblemWriter problems;
    private final SignInCookie signIn;

    SecurityConfiguration(LearnerAccess access, ProblemWriter problems, SignInCookie signIn) {
        this.access = access;
        this.problems = problems;
        this.signIn = signIn;
    }

    /** The Kubernetes API judges its callers itself, as any other does; here their calls are counted. */
    @Bean
    @Order(1)
    SecurityFilterChain kubernetesChain(Limits limits) {
        return new DefaultSecurityFilterChain(SecurityConfiguration::isKubernetes, new KubernetesCallLimit(limits,
                access));
    }

    /** Files and health: nothing to protect, and nothing that may keep a browser from caching. */
    @Bean
    @Order(2)
    SecurityFilterChain filesChain(HttpSecurity http) throws Exception {
        return http.securityMatcher("/css/**", "/js/**", "/course/**", "/vendor/**", "/images/**", "/webjars/**",
                "/favicon.ico",
                "/robots.txt",
                "/actuator/**")
                .csrf(AbstractHttpConfigurer::disable)
                .headers(ResponseHeaders::strict)
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain apiChain(HttpSecurity http) throws Exception {
        SignInRefusals refusals = new SignInRefusals(problems);
        return http.securityMatcher("/api/**")
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfCookies())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .ignoringRequestMatchers(new CsrfExemption()))
                .headers(ResponseHeaders::strict)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals::ofPrograms)
                        .withObjectPostProcessor(BasicCredentials.reading(signIn)))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refusals::ofPrograms)
                        .accessDeniedHandler(deniedProblem()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/instructor/**")
                        .hasRole(InstructorAccount.ROLE)
                        .anyRequest()
                        .permitAll())
                .addFilterBefore(new BodyLimit(problems), CsrfFilter.class)
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pagesChain(HttpSecurity http) throws Exception {
        SignInRefusals refusals = new SignInRefusals(problems);
        return http.csrf(csrf -> csrf.spa().csrfTokenRepository(new CsrfCookies()))
                .headers(ResponseHeaders::strict)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(signIn))
                .formLogin(login -> login.loginPage("/login")
                        .defaultSuccessUrl("/instructor", true)
                        .failureHandler(refusals::ofForms)
                        .authenticationDetailsSource(signIn)
                        .permitAll())
                .httpBasic(basic -> basic.authenticationEntryPoint(refusals::ofPrograms)
                        .withObjectPostProcessor(BasicCredentials.reading(signIn)))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refusals::ofVisitors))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/instructor", "/instructor/**")
                        .hasRole(InstructorAccount.ROLE)
                        .anyRequest()
                        .permitAll())
                .build();
    }

    /** What is a strange path to a web page may be the name of an object, or part of a path proxied to a Service. */
    @Bean
    HttpFirewall firewall() {
        var strict = new StrictHttpFirewall();
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                boolean plainly = request.getRequestURI().startsWith(request.getContextPath() + KUBERNETES);
                return plainly && isKubernetes(request) ? new Unjudged(request) : strict.getFirewalledRequest(request);
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return strict.getFirewalledResponse(response);
            }
        };
    }

    @Bean
    RequestRejectedHandler strangePath() {
        return (request, response, e) -> {
            if (ProblemWriter.concerns(request)) {
                problems.write(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
                        "No path or header of this API looks like that."), request, response);
            } else {
                response.sendError(HttpStatus.BAD_REQUEST.value());
            }
        };
    }

    /** By the path as the web server has understood it, which is how it chooses the servlet, too. */
    private static boolean isKubernetes(HttpServletRequest request) {
        return RequestPath.isIn(KUBERNETES, request);
    }

    private AccessDeniedHandler deniedProblem() {
        return (request, response, e) -> problems.write(ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN,
                "A change that relies on a cookie must show that it comes from this site's own page: send the value of the cookie"
                        + " XSRF-TOKEN (__Host-XSRF-TOKEN over https) in the header X-XSRF-TOKEN, or the lab's token as"
                        + " Authorization: Bearer."),
                request, response);
    }

    private static final class Unjudged extends FirewalledRequest {

        Unjudged(HttpServletRequest request) {
            super(request);
        }

        @Override
        public void reset() {
            // Nothing was changed, so there is nothing to restore.
        }
    }
}

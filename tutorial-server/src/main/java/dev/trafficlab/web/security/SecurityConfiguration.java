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
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import dev.trafficlab.limits.Limits;

/**
 * Who passes where. A learner's right to a lab is checked where the lab is opened, by {@link LearnerAccess}; here it is the
 * instructor's paths, CSRF and the headers of every answer. The gateway is answered before any of this.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String KUBERNETES = "/kubernetes/";

    private final Limits limits;
    private final LearnerAccess access;
    private final ProblemWriter problems;

    SecurityConfiguration(Limits limits, LearnerAccess access, ProblemWriter problems) {
        this.limits = limits;
        this.access = access;
        this.problems = problems;
    }

    /** The Kubernetes API judges its callers itself, as any other does. */
    @Bean
    @Order(1)
    SecurityFilterChain kubernetesChain() {
        return new DefaultSecurityFilterChain(PathPatternRequestMatcher.withDefaults().matcher(KUBERNETES + "**"));
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
        return http.securityMatcher("/api/**")
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie())
                        .csrfTokenRequestHandler(new CsrfTokenRequestAttributeHandler())
                        .ignoringRequestMatchers(new CsrfExemption()))
                .headers(ResponseHeaders::strict)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .httpBasic(basic -> basic.authenticationEntryPoint(signInProblem()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(signInProblem())
                        .accessDeniedHandler(deniedProblem()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/api/v1/instructor/**")
                        .hasRole(InstructorConfiguration.ROLE)
                        .anyRequest()
                        .permitAll())
                .addFilterBefore(new BodyLimit(problems), CsrfFilter.class)
                .addFilterAfter(new SignInLimit(limits.signIns(), problems), CsrfFilter.class)
                .addFilterAfter(new LabRateFilter(limits, access, problems), AuthorizationFilter.class)
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain pagesChain(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.spa().csrfTokenRepository(csrfCookie()))
                .headers(ResponseHeaders::strict)
                .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/instructor", true).permitAll())
                .httpBasic(basic -> basic.realmName(InstructorConfiguration.USER))
                // Without it a stranger's visit to the instructor's page would start a session.
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/instructor", "/instructor/**")
                        .hasRole(InstructorConfiguration.ROLE)
                        .anyRequest()
                        .permitAll())
                .addFilterAfter(new SignInLimit(limits.signIns(), problems), CsrfFilter.class)
                .addFilterAfter(new LabRateFilter(limits, access, problems), AuthorizationFilter.class)
                .build();
    }

    /** What is a strange path to a web page may be the name of an object, or part of a path proxied to a Service. */
    @Bean
    HttpFirewall firewall() {
        var strict = new StrictHttpFirewall();
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return request.getRequestURI().startsWith(KUBERNETES) ? new Unjudged(request)
                        : strict.getFirewalledRequest(request);
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

    private static CookieCsrfTokenRepository csrfCookie() {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookiePath("/");
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return repository;
    }

    private AuthenticationEntryPoint signInProblem() {
        return (request, response, e) -> {
            response.setHeader("WWW-Authenticate", "Basic realm=\"" + InstructorConfiguration.USER
                    + "\", charset=\"UTF-8\"");
            problems.write(ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED,
                    "This is the instructor's. Sign in with HTTP Basic as user " + InstructorConfiguration.USER + "."),
                    request,
                    response);
        };
    }

    private AccessDeniedHandler deniedProblem() {
        return (request, response, e) -> problems.write(ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN,
                "A change that relies on a cookie must show that it comes from this site's own page: send the value of the cookie"
                        + " XSRF-TOKEN in the header X-XSRF-TOKEN, or the lab's token as Authorization: Bearer."),
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

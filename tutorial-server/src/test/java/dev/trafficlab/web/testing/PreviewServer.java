package dev.trafficlab.web.testing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.web.security.LearnerAccess;

/** The pages on fakes, to look at them without a cluster. */
public final class PreviewServer {

    private PreviewServer() {}

    /** Starts the pages; {@code --server.port=…} as usual. */
    public static void main(String[] args) {
        SpringApplication.run(Setup.class, args);
    }

    /** Not a {@code @Configuration}: the real application scans this package in its tests and must not find it. */
    @EnableAutoConfiguration
    @ComponentScan({"dev.trafficlab.web.page", "dev.trafficlab.web.live"})
    @ComponentScan(basePackageClasses = Courses.class, useDefaultFilters = false, includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*ClassPathCourses"))
    static class Setup {

        @Bean
        Labs labs() {
            return new FakeLabs();
        }

        @Bean
        LearnerAccess access(Labs labs) {
            return new LearnerAccess(labs);
        }

        @Bean
        Traffic traffic() {
            return new FakeTraffic();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.csrf(csrf -> csrf.spa()).sessionManagement(s -> s.sessionCreationPolicy(
                    SessionCreationPolicy.STATELESS))
                    .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(
                            "default-src 'self'; object-src 'none'")))
                    .authorizeHttpRequests(all -> all.anyRequest().permitAll()).build();
        }
    }
}

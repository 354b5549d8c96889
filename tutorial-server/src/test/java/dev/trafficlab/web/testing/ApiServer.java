package dev.trafficlab.web.testing;

import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import dev.trafficlab.course.Courses;

/**
 * The JSON API behind its real security, on fakes. Not a {@code @Configuration}: the real application scans this package in its tests
 * and must not find it.
 */
@EnableAutoConfiguration
@ComponentScan({"dev.trafficlab.web.api", "dev.trafficlab.web.security", "dev.trafficlab.web.signin",
    "dev.trafficlab.web.cookies", "dev.trafficlab.web.rates", "dev.trafficlab.limits"})
@ConfigurationPropertiesScan({"dev.trafficlab.web", "dev.trafficlab.limits"})
public class ApiServer {

    @Bean
    FakeLabs labs() {
        return new FakeLabs();
    }

    @Bean
    Courses courses() {
        return new FakeCourses();
    }

    @Bean
    FakeTraffic traffic() {
        return new FakeTraffic();
    }

    /** Something behind the instructor's paths; no controller, as the real application would find that. */
    @Bean
    RouterFunction<ServerResponse> classroom() {
        return RouterFunctions.route()
                .GET("/api/v1/instructor/labs", _ -> ServerResponse.ok().body(List.of("lab-abcdefghij")))
                .POST("/api/v1/instructor/reset", _ -> ServerResponse.ok().body("done"))
                .GET("/instructor", _ -> ServerResponse.ok().body("page"))
                .build();
    }
}

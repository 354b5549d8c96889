package dev.trafficlab.web.testing;

import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.trafficlab.course.Courses;

/**
 * The JSON API behind its real security, on fakes. Not a {@code @Configuration}: the real application scans this package in its tests
 * and must not find it.
 */
@EnableAutoConfiguration
@ComponentScan({"dev.trafficlab.web.api", "dev.trafficlab.web.security", "dev.trafficlab.limits"})
@ConfigurationPropertiesScan({"dev.trafficlab.web.security", "dev.trafficlab.limits"})
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

    @Bean
    Classroom classroom() {
        return new Classroom();
    }

    /** Something behind the instructor's paths. */
    @RestController
    public static class Classroom {

        @GetMapping("/api/v1/instructor/labs")
        List<String> labs() {
            return List.of("lab-abcdefghij");
        }

        @PostMapping("/api/v1/instructor/reset")
        String reset() {
            return "done";
        }

        @GetMapping("/instructor")
        String page() {
            return "page";
        }
    }
}

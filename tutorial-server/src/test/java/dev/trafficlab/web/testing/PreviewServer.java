package dev.trafficlab.web.testing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.check.ObjectKinds;

/** The pages on fakes, to look at them without a cluster. */
public final class PreviewServer {

    private PreviewServer() {}

    /** Starts the pages; {@code --server.port=…} as usual. */
    public static void main(String[] args) {
        start(args);
    }

    /** The same, for tests; to be closed. */
    public static ServletWebServerApplicationContext start(String... args) {
        return (ServletWebServerApplicationContext) SpringApplication.run(Setup.class, args);
    }

    /** Where a started one listens. */
    public static int port(ServletWebServerApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The pages behind their real guards, the real course, and fakes for the rest. */
    @EnableAutoConfiguration
    @Import(Fakes.class)
    @ComponentScan({"dev.trafficlab.web.page", "dev.trafficlab.web.live", "dev.trafficlab.web.files"})
    @ComponentScan(basePackageClasses = Courses.class, useDefaultFilters = false, includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*CourseCatalogue"))
    @ComponentScan("dev.trafficlab.lab.check")
    @ConfigurationPropertiesScan("dev.trafficlab.course")
    static class Setup {

        @Bean
        ObjectKinds objectKinds() {
            return new ObjectKinds() {
                @Override
                public boolean knows(String kind) {
                    return true;
                }

                @Override
                public String names() {
                    return "any";
                }
            };
        }
    }
}

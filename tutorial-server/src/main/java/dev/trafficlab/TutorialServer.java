package dev.trafficlab;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import dev.trafficlab.lint.CourseLint;

/** The tutorial server: course, labs and the embedded cluster in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TutorialServer {

    static {
        // Read once, when the JDK's HTTP client is first used: a shared ingress gateway knows by the Host whose lab is meant.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    /**
     * Starts the server; settings are Spring Boot properties ({@code --server.port=8080}, {@code --tutorial.…}). With {@code --lint} it
     * checks the courses instead, prints what is wrong with them, and ends with 0 when nothing is and with 1 otherwise.
     */
    public static void main(String[] args) {
        if (List.of(args).contains(CourseLint.ARGUMENT)) {
            List<String> problems = CourseLint.problems(args);
            problems.forEach(IO::println);
            System.exit(problems.isEmpty() ? 0 : 1);
        }
        SpringApplication.run(TutorialServer.class, args);
    }
}

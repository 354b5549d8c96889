package dev.trafficlab;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The tutorial server: course, labs and the embedded cluster in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TutorialServer {

    static {
        // Read once, when the JDK's HTTP client is first used: a shared ingress gateway knows by the Host whose lab is meant.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    /** Starts the server; settings are Spring Boot properties ({@code --server.port=8080}, {@code --tutorial.…}). */
    public static void main(String[] args) {
        SpringApplication.run(TutorialServer.class, args);
    }
}

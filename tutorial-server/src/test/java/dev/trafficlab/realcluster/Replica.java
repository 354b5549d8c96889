package dev.trafficlab.realcluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import dev.trafficlab.TutorialServer;
import dev.trafficlab.walk.ApiClient;

/** A whole tutorial server that works on a real API server. */
record Replica(ServletWebServerApplicationContext context) implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    /** Starts one; settings are like those of a command line, {@code --tutorial.…}. */
    static Replica start(Path kubeconfig, String... settings) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--tutorial.cluster=kubeconfig",
                "--tutorial.kubeconfig.file=" + kubeconfig, "--tutorial.limits.enabled=false",
                "--tutorial.instructor-password=" + PASSWORD));
        all.addAll(List.of(settings));
        return new Replica((ServletWebServerApplicationContext) new SpringApplicationBuilder(TutorialServer.class).run(
                all.toArray(String[]::new)));
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** Somebody without a lab. */
    ApiClient stranger() {
        return new ApiClient(port());
    }

    ApiClient instructor() {
        ApiClient instructor = stranger();
        instructor.usePassword(PASSWORD);
        return instructor;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}

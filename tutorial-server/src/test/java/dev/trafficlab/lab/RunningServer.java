package dev.trafficlab.lab;

import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.trafficlab.TutorialServer;
import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.traffic.Traffic;

/** The whole server on a port of its own, with the embedded cluster in a directory. */
record RunningServer(ConfigurableApplicationContext context) implements AutoCloseable {

    static RunningServer start(Path dataDirectory) {
        return new RunningServer(new SpringApplicationBuilder(TutorialServer.class).run("--server.port=0",
                "--tutorial.data-dir=" + dataDirectory, "--tutorial.pod-phase=0s", "--tutorial.limits.enabled=false"));
    }

    ClusterLabs labs() {
        return context.getBean(ClusterLabs.class);
    }

    Course course() {
        return context.getBean(Courses.class).all().getFirst();
    }

    Traffic traffic() {
        return context.getBean(Traffic.class);
    }

    KubernetesClient client() {
        return context.getBean(Cluster.class).client();
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.trafficlab.lab;

import java.security.SecureRandom;
import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.ClusterConnectivity;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.apply.AppliedObjectsPruner;
import dev.trafficlab.lab.apply.ClusterRollouts;
import dev.trafficlab.lab.backend.CoursesByNamespace;
import dev.trafficlab.lab.backend.EmbeddedLabBackend;
import dev.trafficlab.lab.backend.LabBackend;
import dev.trafficlab.lab.backend.LabSecrets;
import dev.trafficlab.lab.backend.SharedClusterLabBackend;
import dev.trafficlab.lab.lifecycle.IdleLabReaper;
import dev.trafficlab.lab.lifecycle.LeaderElection;
import dev.trafficlab.lab.lifecycle.LeaseLeaderElection;
import dev.trafficlab.lab.manifest.ClusterManifestPreview;
import dev.trafficlab.lab.manifest.ManifestPlanner;
import dev.trafficlab.lab.manifest.ManifestTransformer;
import dev.trafficlab.traffic.LabCourses;
import dev.trafficlab.traffic.Traffic;

/** Puts the labs together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class LabConfiguration {

    @Bean
    LabSecrets labSecrets() {
        return new LabSecrets(new SecureRandom());
    }

    @Bean
    LabBackend housing(Cluster cluster, RealClusterSettings settings, LabSecrets secrets) {
        return switch (cluster.kind()) {
            case EMBEDDED -> new EmbeddedLabBackend(cluster.client(), secrets, InstantSource.system());
            case KUBECONFIG -> new SharedClusterLabBackend(cluster.client(), settings, secrets,
                    new ManifestTransformer(settings, cluster::istioVersion), new AppliedObjectsPruner(cluster,
                            InstantSource.system()));
        };
    }

    @Bean
    LabCourses labCourses(Cluster cluster, Courses courses) {
        return new CoursesByNamespace(cluster, courses);
    }

    @Bean
    ClusterLabs labs(Cluster cluster, LabBackend housing, Courses courses, Traffic traffic, LabSecrets secrets,
            LabSettings settings) {
        return new ClusterLabs(cluster, housing, courses, traffic, secrets, settings.cap(), InstantSource.system());
    }

    @Bean
    Rollouts rollouts(Cluster cluster, ClusterConnectivity pulse) {
        return new ClusterRollouts(cluster.client(), pulse);
    }

    @Bean
    IdleLabReaper idleSweep(ClusterLabs labs, LabSettings settings, LeaderElection turn) {
        return new IdleLabReaper(labs, settings.idleAfter(), turn,
                IdleLabReaper.unhurried(InstantSource.system(), System::nanoTime));
    }

    /** Where one server alone removes labs, or none are removed, there is nobody to take turns with. */
    @Bean
    LeaderElection turn(Cluster cluster, RealClusterSettings settings, LabSecrets secrets) {
        if (cluster.kind() == Cluster.Kind.EMBEDDED || settings.single()) {
            return () -> true;
        }
        LeaseLeaderElection turn = new LeaseLeaderElection(cluster.client(), cluster.client().getNamespace(), secrets
                .newId(),
                LeaseLeaderElection.Pace.CALM);
        turn.run();
        return turn;
    }

    @Bean
    ManifestPreview drafts(Cluster cluster, LabBackend housing) {
        return new ClusterManifestPreview(ManifestPlanner.of(cluster.client(), housing));
    }
}

package dev.trafficlab.lab;

import java.security.SecureRandom;
import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.Pulse;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.course.Courses;
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
    Housing housing(Cluster cluster, RealClusterSettings settings, LabSecrets secrets) {
        return switch (cluster.kind()) {
            case EMBEDDED -> new EmbeddedHousing(cluster.client(), secrets, InstantSource.system());
            case KUBECONFIG -> new SharedHousing(cluster.client(), settings, secrets,
                    new Tailor(settings, cluster::istioVersion), new AppliedObjects(cluster, InstantSource.system()));
        };
    }

    @Bean
    ClusterLabs labs(Cluster cluster, Housing housing, Courses courses, Traffic traffic, LabSecrets secrets,
            LabSettings settings) {
        return new ClusterLabs(cluster, housing, courses, traffic, secrets, settings.cap(), InstantSource.system());
    }

    @Bean
    Rollouts rollouts(Cluster cluster, Pulse pulse) {
        return new ClusterRollouts(cluster.client(), pulse);
    }

    @Bean
    IdleSweep idleSweep(ClusterLabs labs, LabSettings settings, Turn turn) {
        return new IdleSweep(labs, settings.idleAfter(), turn, InstantSource.system());
    }

    /** Where one server alone removes labs, or none are removed, there is nobody to take turns with. */
    @Bean
    Turn turn(Cluster cluster, RealClusterSettings settings, LabSecrets secrets) {
        if (cluster.kind() == Cluster.Kind.EMBEDDED || settings.single()) {
            return () -> true;
        }
        ElectedTurn turn = new ElectedTurn(cluster.client(), cluster.client().getNamespace(), secrets.newId(),
                ElectedTurn.Pace.CALM);
        turn.run();
        return turn;
    }

    @Bean
    Drafts drafts(Cluster cluster, Housing housing) {
        return new ClusterDrafts(cluster.client(), housing);
    }
}

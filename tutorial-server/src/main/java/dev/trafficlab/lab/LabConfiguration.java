package dev.trafficlab.lab;

import java.security.SecureRandom;
import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Courses;
import dev.trafficlab.traffic.Traffic;

/** Puts the labs together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class LabConfiguration {

    @Bean
    ClusterLabs labs(Cluster cluster, Courses courses, Traffic traffic, LabSettings settings) {
        return new ClusterLabs(cluster.client(), courses, traffic, new LabSecrets(new SecureRandom()), settings.cap(),
                InstantSource.system());
    }

    @Bean
    IdleSweep idleSweep(ClusterLabs labs, LabSettings settings) {
        return new IdleSweep(labs, settings.idleAfter(), InstantSource.system());
    }

    @Bean
    Drafts drafts(Cluster cluster) {
        return new ClusterDrafts(cluster.client());
    }
}

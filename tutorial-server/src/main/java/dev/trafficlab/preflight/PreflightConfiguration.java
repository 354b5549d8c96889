package dev.trafficlab.preflight;

import java.time.InstantSource;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.RealClusterSettings;

/** The preflight as a bean, and as the component {@code cluster} of the server's health. */
@Configuration(proxyBeanMethods = false)
class PreflightConfiguration {

    @Bean
    Preflight preflight(Cluster cluster, RealClusterSettings settings) {
        return new Preflight(cluster, settings, InstantSource.system());
    }

    @Bean
    HealthIndicator clusterHealthIndicator(Preflight preflight) {
        return new ClusterHealth(preflight, Thread::startVirtualThread, InstantSource.system());
    }
}

package dev.trafficlab.cluster.store;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.embedded.EmbeddedCluster;

/** Health and end of the embedded cluster: {@code store} is part of readiness, {@code storeProcess} of liveness. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tutorial.cluster", havingValue = "embedded", matchIfMissing = true)
class StoreConfiguration {

    @Bean
    HealthIndicator storeHealthIndicator(EmbeddedCluster cluster) {
        return new StoreReadiness(cluster);
    }

    @Bean
    HealthIndicator storeProcessHealthIndicator(EmbeddedCluster cluster) {
        return new StoreLiveness(cluster);
    }

    @Bean
    SmartLifecycle clusterStreams(EmbeddedCluster cluster) {
        StoreLoss.endWith(cluster);
        return new ClusterStreams(cluster.api());
    }
}

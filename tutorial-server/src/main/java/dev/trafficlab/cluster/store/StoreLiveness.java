package dev.trafficlab.cluster.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.store.StoreHealth;

/**
 * Whether starting the process again would help: only when the store is lost. A full disk or a commit that failed is not such a reason,
 * as the store goes on trying by itself.
 */
final class StoreLiveness implements HealthIndicator {

    private final EmbeddedCluster cluster;

    StoreLiveness(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Health health() {
        StoreHealth found = cluster.storeHealth();
        return found.state() == StoreHealth.State.LOST
                ? Health.down().withDetail("store", found.detail()).build()
                : Health.up().build();
    }
}

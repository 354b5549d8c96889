package dev.trafficlab.cluster.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.store.StoreHealth;

/**
 * Whether labs can be used: the store answers a read, and its last commit did not fail. A disk that is nearly full is told in the
 * details but takes the server not out of service, as learners and operators need it to delete what takes the space.
 */
final class StoreReadiness implements HealthIndicator {

    private final EmbeddedCluster cluster;

    StoreReadiness(EmbeddedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Health health() {
        StoreHealth found = cluster.storeHealth();
        Health.Builder health = switch (found.state()) {
            case WRITABLE, SHORT_OF_SPACE -> Health.up();
            case FAILING, LOST -> Health.down();
        };
        return (found.detail().isEmpty() ? health : health.withDetail("store", found.detail())).build();
    }
}

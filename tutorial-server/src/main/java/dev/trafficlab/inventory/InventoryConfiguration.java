package dev.trafficlab.inventory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.Revisions;

/** The labs' inventory as a bean. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    @Bean
    Inventory inventory(Cluster cluster, Revisions revisions) {
        return new ClusterInventory(cluster, revisions);
    }
}

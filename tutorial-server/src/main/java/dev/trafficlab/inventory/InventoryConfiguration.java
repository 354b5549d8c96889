package dev.trafficlab.inventory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.NamespaceRevisions;

/** The labs' inventory as a bean. */
@Configuration(proxyBeanMethods = false)
class InventoryConfiguration {

    @Bean
    Inventory inventory(Cluster cluster, NamespaceRevisions revisions) {
        return new ClusterInventory(cluster, revisions);
    }
}

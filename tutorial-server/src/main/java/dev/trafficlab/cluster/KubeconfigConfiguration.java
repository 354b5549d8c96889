package dev.trafficlab.cluster;

import java.time.InstantSource;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With {@code tutorial.cluster=kubeconfig}: fabric8's own search for a kubeconfig or an in-cluster account. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tutorial.cluster", havingValue = "kubeconfig")
class KubeconfigConfiguration {

    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient() {
        return new KubernetesClientBuilder().build();
    }

    @Bean
    Cluster cluster(KubernetesClient client) {
        return new ConnectedCluster(Cluster.Kind.KUBECONFIG, client);
    }

    /** A cluster elsewhere has no such number for a namespace, so its objects are looked at once a second while somebody watches. */
    @Bean
    Revisions revisions() {
        InstantSource clock = InstantSource.system();
        return _ -> clock.instant().getEpochSecond();
    }
}

package dev.trafficlab.cluster;

import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.store.StoreSettings;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;
import dev.trafficlab.embedded.ThreadLocalDice;
import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.limits.Limits;

/** Unless told otherwise: the cluster in this process, for the server itself in memory and for everybody else over HTTP. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedClusterConfiguration.Unless.class)
class EmbeddedClusterConfiguration {

    @Bean(destroyMethod = "close")
    EmbeddedCluster embeddedCluster(ClusterSettings settings, StoreSettings store, RandomGenerator dice,
            Limits limits) {
        return EmbeddedCluster.start(new EmbeddedSettings(Optional.of(settings.dataDir()), settings.podPhase(),
                InstantSource.system(), dice, limits.enabled() ? store.quota() : Quota.unlimited(),
                store.limits()));
    }

    @Bean
    RandomGenerator dice() {
        return new ThreadLocalDice();
    }

    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient(EmbeddedCluster cluster) {
        return EmbeddedClient.of(cluster.api());
    }

    @Bean
    Cluster cluster(EmbeddedCluster embedded, KubernetesClient client) {
        return new InProcessCluster(embedded, client);
    }

    @Bean
    NamespaceRevisions revisions(EmbeddedCluster cluster) {
        return cluster::revision;
    }

    @Bean
    ClusterConnectivity pulse() {
        return ClusterConnectivity.steady();
    }

    @Bean
    ServletRegistrationBean<KubernetesServlet> kubernetesServlet(EmbeddedCluster cluster) {
        return new ServletRegistrationBean<>(new KubernetesServlet(cluster.api()), "/kubernetes/*");
    }

    /** A misspelt kind of cluster ends here too, where binding the settings tells of it. */
    static final class Unless extends NoneNestedConditions {

        Unless() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "tutorial.cluster", havingValue = "kubeconfig")
        static class OnKubeconfig {}
    }
}

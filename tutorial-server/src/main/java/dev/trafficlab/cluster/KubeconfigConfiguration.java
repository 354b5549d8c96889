package dev.trafficlab.cluster;

import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.startup.Kubeconfigs;

/** With {@code tutorial.cluster=kubeconfig}: a kubeconfig as kubectl would find it, or an in-cluster account. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tutorial.cluster", havingValue = "kubeconfig")
class KubeconfigConfiguration {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 15_000;
    private static final int RECONNECT_MILLIS = 500;

    @Bean(destroyMethod = "close")
    ConnectivityMonitor pulse() {
        return new ConnectivityMonitor();
    }

    @Bean(destroyMethod = "close")
    KubernetesClient kubernetesClient(RealClusterSettings settings, ConnectivityMonitor pulse) {
        KubernetesClient client = new KubernetesClientBuilder().withConfig(config(settings))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("pulse", pulse))
                .build();
        pulse.run(client::getKubernetesVersion);
        return client;
    }

    @Bean
    Cluster cluster(KubernetesClient client) {
        return new RealCluster(client);
    }

    /**
     * Somebody waits on a page for most of what is asked, so a cluster that does not answer is given up soon. What is repeated once
     * may be: every write is an apply or a patch that does the same when it comes twice.
     */
    static Config config(RealClusterSettings settings) {
        Config config = UnknownContextException.require(settings.context(), find(settings));
        config.setRequestRetryBackoffLimit(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(ANSWER_MILLIS);
        config.setWatchReconnectInterval(RECONNECT_MILLIS);
        return config;
    }

    /** Only a config found by itself reads a pod's token again when that is renewed. */
    private static Config find(RealClusterSettings settings) {
        Optional<String> context = Optional.of(settings.context()).filter(name -> !name.isEmpty());
        if (!settings.file().isEmpty()) {
            File file = Kubeconfigs.require(settings.file());
            return Kubeconfigs.parse(() -> context.map(name -> Config.fromKubeconfig(name, file))
                    .orElseGet(() -> Config.fromKubeconfig(file)));
        }
        Kubeconfigs.requireAny(System.getenv(), Path.of(System.getProperty("user.home")));
        return Kubeconfigs.parse(() -> context.map(Config::autoConfigure).orElseGet(() -> new ConfigBuilder().build()));
    }

    /** A cluster elsewhere has no such number for a namespace, so its objects are looked at once a second while somebody watches. */
    @Bean
    NamespaceRevisions revisions() {
        InstantSource clock = InstantSource.system();
        return _ -> clock.instant().getEpochSecond();
    }
}

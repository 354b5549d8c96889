package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import dev.trafficlab.cluster.memory.InMemoryTransport;
import dev.trafficlab.embedded.api.KubernetesApi;

/** Makes fabric8 clients of the embedded API. */
public final class EmbeddedClient {

    private EmbeddedClient() {}

    /** A client with the server's own rights, in memory. Whatever kubeconfig this machine has is not read. */
    public static KubernetesClient of(KubernetesApi api) {
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl("http://embedded")
                .withNamespace("default")
                .withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config)
                .withHttpClientFactory(new InMemoryTransport(api))
                .build();
    }
}

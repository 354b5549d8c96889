package dev.trafficlab.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

import dev.trafficlab.cluster.memory.InMemoryTransport;
import dev.trafficlab.embedded.api.KubernetesApi;

/**
 * A client of the embedded API that notes each call.
 *
 * @param client to be used
 * @param calls method and address of each call so far, in order
 */
public record CountingClient(KubernetesClient client, List<String> calls) {

    /** A client of the API that has called nothing yet. */
    public static CountingClient of(KubernetesApi api) {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        Config config = new ConfigBuilder(Config.empty()).withMasterUrl("http://embedded")
                .withNamespace("default")
                .build();
        KubernetesClient client = new KubernetesClientBuilder().withConfig(config)
                .withHttpClientFactory(new InMemoryTransport(api))
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("count", noting(calls)))
                .build();
        return new CountingClient(client, calls);
    }

    private static Interceptor noting(List<String> calls) {
        return new Interceptor() {

            @Override
            public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                calls.add(request.method() + " " + request.uri());
            }
        };
    }
}

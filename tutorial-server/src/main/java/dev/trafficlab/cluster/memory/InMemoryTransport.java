package dev.trafficlab.cluster.memory;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;

import dev.trafficlab.embedded.api.KubernetesApi;

/** Carries a fabric8 client's requests to the embedded API without a socket. They come with the server's own rights. */
public final class InMemoryTransport implements HttpClient.Factory {

    private final KubernetesApi api;

    /** A transport to the API. */
    public InMemoryTransport(KubernetesApi api) {
        this.api = api;
    }

    @Override
    public HttpClient.Builder newBuilder() {
        return new Builder(this);
    }

    static final class Builder extends StandardHttpClientBuilder<InMemoryClient, InMemoryTransport, Builder> {

        Builder(InMemoryTransport factory) {
            super(factory);
        }

        @Override
        public HttpClient build() {
            return new InMemoryClient(this, clientFactory.api, client == null
                    ? new java.util.concurrent.atomic.AtomicBoolean()
                    : client.getClosed());
        }

        @Override
        protected Builder newInstance(InMemoryTransport factory) {
            return new Builder(factory);
        }
    }
}

package dev.trafficlab.embedded.api;

/** The Kubernetes REST API: requests in, answers out, over any transport. Safe for any number of threads. */
public final class KubernetesApi {

    /** Answers one request; a bad one is answered with a Kubernetes {@code Status}, never with an exception. */
    public ApiResponse handle(ApiRequest request) {
        throw new UnsupportedOperationException("api");
    }
}

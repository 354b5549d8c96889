package dev.trafficlab.embedded.api;

import java.time.InstantSource;

import dev.trafficlab.embedded.store.ObjectStore;

/** The Kubernetes REST API: requests in, answers out, over any transport. Safe for any number of threads. */
public final class KubernetesApi {

    /** An API over the store's objects, which it writes as everybody does. */
    public KubernetesApi(ObjectStore store, Objects objects, PodAccess pods, InstantSource clock) {}

    /** Answers one request; a bad one is answered with a Kubernetes {@code Status}, never with an exception. */
    public ApiResponse handle(ApiRequest request) {
        throw new UnsupportedOperationException("api");
    }
}

package dev.trafficlab.cluster.store;

import org.springframework.context.SmartLifecycle;

import dev.trafficlab.embedded.api.KubernetesApi;

/**
 * Ends watches and followed logs as the server stops, before the web server waits for what is under way: their clients see a whole
 * answer, and watch again from where they were.
 */
final class ClusterStreams implements SmartLifecycle {

    private final KubernetesApi api;
    private volatile boolean running;

    ClusterStreams(KubernetesApi api) {
        this.api = api;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        api.endStreams();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

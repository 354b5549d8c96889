package dev.trafficlab.realcluster;

import dev.trafficlab.demo.AppServer;

/** A pod's app and its way in. */
record RunningPod(AppServer server, PodTunnel tunnel, String ip) implements AutoCloseable {

    @Override
    public void close() {
        tunnel.unroute(ip, AppServer.DEFAULT_PORT);
        server.close();
    }
}

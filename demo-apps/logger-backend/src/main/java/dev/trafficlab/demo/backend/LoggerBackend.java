package dev.trafficlab.demo.backend;

import java.io.IOException;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;

/** The logging backend: counts colours in memory. */
public final class LoggerBackend implements AppImage {

    @Override
    public String name() {
        return "traffic-lab/logger-backend:1";
    }

    @Override
    public DemoApp start(AppEnvironment environment) {
        environment.log().accept("counting colours, from nothing");
        return new LoggerBackendApp(new Tally(), environment.log());
    }

    /** Serves the app over HTTP. */
    public static void main(String[] args) throws IOException {
        AppServer.run(new LoggerBackend());
    }
}

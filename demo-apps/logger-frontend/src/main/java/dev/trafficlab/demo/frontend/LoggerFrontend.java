package dev.trafficlab.demo.frontend;

import java.io.IOException;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.Authority;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;

/** The logging frontend: shows what the backend named by {@code LOG_BACKEND} has counted. */
public final class LoggerFrontend implements AppImage {

    @Override
    public String name() {
        return "traffic-lab/logger-frontend:1";
    }

    @Override
    public DemoApp start(AppEnvironment environment) throws InvalidEnvironmentException {
        String backend = Authority.of(environment, "LOG_BACKEND", "logger-backend:3000");
        environment.log().accept("showing what " + backend + " counts");
        return new LoggerFrontendApp(backend, environment.outbound(), environment.log());
    }

    /** Serves the app over HTTP. */
    public static void main(String[] args) throws IOException {
        AppServer.run(new LoggerFrontend());
    }
}

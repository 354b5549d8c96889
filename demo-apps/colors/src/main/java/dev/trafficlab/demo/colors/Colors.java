package dev.trafficlab.demo.colors;

import java.io.IOException;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.Authority;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;

/** The colors app: {@code COLOR} is what it shows, {@code LOG_BACKEND} whom it tells. */
public final class Colors implements AppImage {

    private static final int LONGEST_COLOR = 100;

    @Override
    public String name() {
        return "traffic-lab/colors:1";
    }

    @Override
    public DemoApp start(AppEnvironment environment) throws InvalidEnvironmentException {
        String color = environment.variable("COLOR", "red").strip();
        if (color.length() > LONGEST_COLOR) {
            throw new InvalidEnvironmentException("COLOR is " + color.length()
                    + " characters long; write a colour of at most 100, such as crimson");
        }
        String backend = Authority.of(environment, "LOG_BACKEND", "logger-backend:3000");
        environment.log().accept("showing " + color + ", reporting to " + backend);
        return new ColorsApp(color, environment.hostname(), backend, environment.outbound(), environment.log());
    }

    /** Serves the app over HTTP. */
    public static void main(String[] args) throws IOException {
        AppServer.run(new Colors());
    }
}

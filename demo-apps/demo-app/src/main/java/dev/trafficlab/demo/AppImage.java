package dev.trafficlab.demo;

/** An app that can be started, as a container image can: by name, with an environment. */
public interface AppImage {

    /** The image's name and tag as a manifest writes it, e.g. {@code traffic-lab/colors:1}. */
    String name();

    /**
     * Starts one instance.
     *
     * @throws InvalidEnvironmentException when the app refuses its configuration; the message is its last log line
     */
    DemoApp start(AppEnvironment environment) throws InvalidEnvironmentException;
}

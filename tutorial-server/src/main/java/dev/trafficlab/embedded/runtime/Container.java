package dev.trafficlab.embedded.runtime;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.DemoApp;

/** One container of a pod: its output, and the app in it as long as one runs. */
final class Container {

    private final String name;
    private final ContainerLog log;
    private final @Nullable DemoApp app;

    Container(String name, ContainerLog log, @Nullable DemoApp app) {
        this.name = name;
        this.log = log;
        this.app = app;
    }

    String name() {
        return name;
    }

    ContainerLog log() {
        return log;
    }

    Optional<DemoApp> app() {
        return Optional.ofNullable(app);
    }
}

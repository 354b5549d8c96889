package dev.trafficlab.embedded.runtime;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.DemoApp;

/** One container of a pod: its output, and the app in it as long as one runs. */
final class Container {

    private final String name;
    private final String id;
    private final ContainerLog log;
    private final @Nullable DemoApp app;
    private final boolean over;

    Container(String name, String id, ContainerLog log, @Nullable DemoApp app, boolean over) {
        this.name = name;
        this.id = id;
        this.log = log;
        this.app = app;
        this.over = over;
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    ContainerLog log() {
        return log;
    }

    /** Whether its program ended by itself. */
    boolean isOver() {
        return over;
    }

    Optional<DemoApp> app() {
        return Optional.ofNullable(app);
    }
}

package dev.trafficlab.embedded.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.demo.DemoApp;

/** A pod's containers behind its one address. Written under its lock, read without. */
final class Sandbox {

    private final PodIdentity pod;
    private volatile List<Container> containers = List.of();

    Sandbox(PodIdentity pod) {
        this.pod = pod;
    }

    PodIdentity pod() {
        return pod;
    }

    /** The container takes the place of an earlier one of its name. */
    synchronized void put(Container container) {
        List<Container> next = new ArrayList<>(containers);
        next.removeIf(old -> old.name().equals(container.name()));
        next.add(container);
        containers = List.copyOf(next);
    }

    Optional<Container> container(String name) {
        return containers.stream().filter(container -> container.name().equals(name)).findFirst();
    }

    boolean runs(String name, String id) {
        return container(name).filter(container -> container.id().equals(id) && !container.isOver()).isPresent();
    }

    /** The container that listens, if any does. */
    Optional<String> listening() {
        return containers.stream().filter(container -> container.app().isPresent()).map(Container::name).findFirst();
    }

    /** What listens in the pod; containers of a pod share its ports, so there is one at most. */
    Optional<DemoApp> app() {
        for (Container container : containers) {
            if (container.app().isPresent()) {
                return container.app();
            }
        }
        return Optional.empty();
    }

    synchronized void end() {
        containers.forEach(container -> container.log().end());
        containers = List.of();
    }
}

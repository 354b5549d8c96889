package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.trafficlab.embedded.store.ObjectEvent;

/** One control loop: told which objects may need work, it compares what is with what should be, and does what is missing. */
public interface Controller {

    /** Names, by namespace and name, the objects that the change may concern. Must not block. */
    void affected(ObjectEvent event, BiConsumer<String, String> concerned);

    /**
     * Brings the object closer to what it should be; done already, or gone, is fine.
     *
     * @return when to look again, if time alone can change something
     */
    Optional<Duration> reconcile(String namespace, String name);
}

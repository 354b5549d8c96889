package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Removes Events that nobody repeated for an hour, as Kubernetes does. Its object is the cluster as a whole. */
final class EventSweeper implements Controller {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration NEXT_ROUND = Duration.ofMinutes(5);

    private final ObjectClient state;
    private final InstantSource clock;

    EventSweeper(ObjectClient state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        // time alone makes work here
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        Instant oldest = clock.instant().minus(KEPT);
        for (Resource home : state.list(Kind.NAMESPACE, "")) {
            for (Resource event : state.list(Kind.EVENT, home.name())) {
                Instant last = Timestamps.parse(event.json().path("lastTimestamp").asText());
                if (last.isBefore(oldest) && event.created().isBefore(oldest)) {
                    state.delete(Kind.EVENT.type(), event, Deletion.now());
                }
            }
        }
        return Optional.of(NEXT_ROUND);
    }
}

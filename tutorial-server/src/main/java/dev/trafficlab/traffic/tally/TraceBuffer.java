package dev.trafficlab.traffic.tally;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.traffic.TracedRequest;

/**
 * Keeps why a lab's last requests went where they went. Equal decisions are kept once: of two hundred requests most took the same listener,
 * route and pod, so that all their traces together cost little more than a few.
 */
final class TraceBuffer {

    /** Where each request's decisions are all its own (a hash for every client), nothing is gained by sharing. */
    private static final int MOST_SHARED = 1_000;

    private final AtomicReferenceArray<TracedRequest> ring;
    private final Map<Stage, Stage> shared = new ConcurrentHashMap<>();

    TraceBuffer(int kept) {
        this.ring = new AtomicReferenceArray<>(kept);
    }

    void add(TracedRequest request) {
        if (shared.size() > MOST_SHARED) {
            shared.clear();
        }
        ring.set(place(request.number()), new TracedRequest(request.number(), request.path(), request.status(), request
                .pod(), request.version(), request.refusal(), request.stages().stream().map(this::share).toList()));
    }

    Optional<TracedRequest> of(long number) {
        return number < 1 ? Optional.empty()
                : Optional.ofNullable(ring.get(place(number)))
                        .filter(request -> request.number() == number);
    }

    private Stage share(Stage stage) {
        Stage known = shared.putIfAbsent(stage, stage);
        return known == null ? stage : known;
    }

    private int place(long number) {
        return (int) (number % ring.length());
    }
}

package dev.trafficlab.embedded.controller;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.store.StoreUnavailableException;

/**
 * Writes Events on objects; one that is told again is counted. Nobody waits for an Event: they are written beside the work that they
 * tell of, which lets the store make many durable at once.
 */
public final class EventRecorder implements AutoCloseable {

    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

    private static final int REMEMBERED = 4096;

    private final Cache<String, String> names = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final AtomicLong stamp = new AtomicLong();
    private final ObjectClient state;
    private final InstantSource clock;

    EventRecorder(ObjectClient state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    /**
     * Something worth telling.
     *
     * @param warning whether it is of type Warning, else Normal
     * @param reason one word, in camel case
     * @param message one sentence
     * @param fieldPath the part of the object that it is about, empty for the whole
     */
    public record EventMessage(boolean warning, String reason, String message, String fieldPath) {

        public static EventMessage normal(String reason, String message) {
            return new EventMessage(false, reason, message, "");
        }

        public static EventMessage warning(String reason, String message) {
            return new EventMessage(true, reason, message, "");
        }

        public EventMessage of(String container) {
            return new EventMessage(warning, reason, message, "spec.containers{" + container + "}");
        }
    }

    /** Records what happened to the object, as told by the component. An Event that cannot be written is no reason to stop. */
    public void record(Resource object, String component, EventMessage happening) {
        ObjectNode event = event(namespace(object), name(object, happening), object, component, happening);
        try {
            writers.execute(() -> write(new Resource(event)));
        } catch (RejectedExecutionException closing) {
            // the cluster is stopping: nobody will read it
        }
    }

    private void write(Resource event) {
        try {
            Optional<Resource> earlier = state.find(Kind.EVENT, event.namespace(), event.name());
            if (earlier.isPresent()) {
                state.edit(Kind.EVENT, earlier.get(), this::again);
            } else {
                state.create(Kind.EVENT, event.json());
            }
        } catch (ApiException | StoreUnavailableException e) {
            // the namespace is going away, somebody records the same, or the disk is full: nobody will miss it
        }
    }

    /** Records it unless it was recorded already: for what stays true and is found again and again. */
    public void recordOnce(Resource object, String component, EventMessage happening) {
        String known = names.getIfPresent(key(object, happening));
        if (known == null || state.find(Kind.EVENT, namespace(object), known).isEmpty()) {
            record(object, component, happening);
        }
    }

    private static String namespace(Resource object) {
        return object.namespace().isEmpty() ? "default" : object.namespace();
    }

    /** The object's name and the time: so the names sort as the Events happened, and those of one second do not get mixed up. */
    private String name(Resource object, EventMessage happening) {
        return names.get(key(object, happening), _ -> object.name() + "." + HexFormat.of()
                .toHexDigits(stamp.updateAndGet(last -> Math.max(last + 1, nanos(clock.instant())))));
    }

    private static String key(Resource object, EventMessage happening) {
        return GeneratedNames.hex64(String.join("\n", object.uid(), happening.reason(), happening.message(), happening
                .fieldPath()));
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    private void again(ObjectNode event) {
        event.put("count", event.path("count").asInt(1) + 1);
        event.put("lastTimestamp", Timestamps.now(clock));
    }

    private ObjectNode event(String namespace, String name, Resource object, String component, EventMessage happening) {
        ObjectNode event = ObjectClient.draft(Kind.EVENT, namespace, name);
        ObjectNode involved = event.putObject("involvedObject");
        involved.put("apiVersion", object.json().path("apiVersion").asText()).put("kind", object.kind());
        if (!object.namespace().isEmpty()) {
            involved.put("namespace", object.namespace());
        }
        involved.put("name", object.name()).put("uid", object.uid());
        involved.put("resourceVersion", object.metadata().path("resourceVersion").asText());
        if (!happening.fieldPath().isEmpty()) {
            involved.put("fieldPath", happening.fieldPath());
        }
        String now = Timestamps.now(clock);
        event.put("type", happening.warning() ? "Warning" : "Normal").put("reason", happening.reason());
        event.put("message", happening.message()).put("count", 1);
        event.put("firstTimestamp", now).put("lastTimestamp", now);
        event.putObject("source").put("component", component);
        event.put("reportingComponent", component).put("reportingInstance", "");
        return event;
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        writers.close();
    }
}

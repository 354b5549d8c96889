package dev.trafficlab.embedded.api.watch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.PodAccess;
import dev.trafficlab.embedded.api.PodAccess.LogLine;
import dev.trafficlab.embedded.api.Resources;
import dev.trafficlab.embedded.api.request.Query;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoredObject;

import static java.util.stream.Collectors.joining;

/** The subresource {@code log} of pods. */
public final class Logs {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final long LONG_AGO_SECONDS = 1L << 32;

    private final ObjectStore store;
    private final PodAccess pods;
    private final InstantSource clock;

    public Logs(ObjectStore store, PodAccess pods, InstantSource clock) {
        this.store = store;
        this.pods = pods;
        this.clock = clock;
    }

    public ApiResponse answer(RequestInfo call, String verb) {
        if (!call.type().kind().equals("Pod")) {
            throw Resources.unknown();
        }
        if (!verb.equals("get")) {
            throw Resources.notAllowed();
        }
        StoredObject pod = store.get(call.path().key())
                .orElseThrow(() -> ApiException.notFound(call.type(), call.path()
                        .name()));
        String container = container(call, pod.value());
        requireStarted(call, pod.value(), container);
        LogOrder order = LogOrder.of(call.query(), clock);
        if (call.query().flag("follow")) {
            return new ApiResponse.Streaming(200, Map.of("Content-Type", TEXT), sink -> follow(call, container, order,
                    sink));
        }
        return Responses.typed(TEXT, order.limit(bytes(order.select(pods.logs(call.path().namespace(), call.path()
                .name(),
                container)), order)));
    }

    private AutoCloseable follow(RequestInfo call, String container, LogOrder order, ApiResponse.Sink sink) {
        return LogFollower.start(pods, call.path().key(), container, order, sink);
    }

    static byte[] bytes(List<LogLine> lines, LogOrder order) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.forEach(line -> out.writeBytes(order.print(line).getBytes(StandardCharsets.UTF_8)));
        return out.toByteArray();
    }

    private static String container(RequestInfo call, JsonNode pod) {
        List<String> main = names(pod.at("/spec/containers"));
        List<String> init = names(pod.at("/spec/initContainers"));
        Optional<String> wish = call.query().first("container");
        if (wish.isPresent()) {
            if (Stream.concat(main.stream(), init.stream()).noneMatch(wish.get()::equals)) {
                throw ApiException.badRequest("container " + wish.get() + " is not valid for pod " + call.path()
                        .name());
            }
            return wish.get();
        }
        if (main.size() == 1) {
            return main.getFirst();
        }
        String others = init.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", init) + "]";
        throw ApiException.badRequest("a container name must be specified for pod " + call.path().name()
                + ", choose one of: ["
                + String.join(" ", main) + "]" + others);
    }

    private static List<String> names(JsonNode containers) {
        return containers.valueStream().map(container -> container.path("name").asText()).toList();
    }

    private static void requireStarted(RequestInfo call, JsonNode pod, String container) {
        JsonNode status = Stream.of("/status/initContainerStatuses", "/status/containerStatuses",
                "/status/ephemeralContainerStatuses")
                .flatMap(list -> pod.at(list).valueStream())
                .filter(entry -> entry.path("name")
                        .asText()
                        .equals(container))
                .findFirst()
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        boolean ranBefore = !status.at("/lastState/terminated").isMissingNode();
        if (call.query().flag("previous") && !ranBefore) {
            throw ApiException.badRequest("previous terminated container \"" + container + "\" in pod \"" + call.path()
                    .name()
                    + "\" not found");
        }
        String waiting = status.at("/state/waiting/reason").asText();
        boolean pending = status.isMissingNode() && pod.at("/status/phase").asText().equals("Pending");
        if (!ranBefore && (!waiting.isEmpty() || pending)) {
            String why = waiting.isEmpty() ? "ContainerCreating" : waiting;
            String what = why.contains("Image") ? "trying and failing to pull image" : why;
            throw ApiException.badRequest("container \"" + container + "\" in pod \"" + call.path().name()
                    + "\" is waiting to start: "
                    + what);
        }
    }

    /**
     * Which lines, and how they are written.
     *
     * @param tail at most so many of the newest; all when empty
     * @param since not those before
     * @param timestamps whether each begins with its time
     * @param mostBytes at most so many bytes
     */
    record LogOrder(Optional<Integer> tail, Instant since, boolean timestamps, long mostBytes) {

        static LogOrder of(Query query, InstantSource clock) {
            atLeast(query, "sinceSeconds", 1, "must be greater than 0");
            atLeast(query, "limitBytes", 1, "must be greater than 0");
            atLeast(query, "tailLines", 0, "must be greater than or equal to 0");
            Instant since = query.number("sinceSeconds")
                    .stream()
                    .mapToObj(seconds -> clock.instant()
                            .minusSeconds(Math.min(seconds, LONG_AGO_SECONDS)))
                    .findFirst()
                    .or(() -> query.first("sinceTime").map(LogOrder::time))
                    .orElse(Instant.MIN);
            var tail = query.count("tailLines");
            return new LogOrder(tail.isPresent() ? Optional.of(tail.getAsInt()) : Optional.empty(), since, query.flag(
                    "timestamps"),
                    query.number("limitBytes").orElse(Long.MAX_VALUE));
        }

        private static void atLeast(Query query, String option, long least, String why) {
            query.number(option).stream().filter(value -> value < least).findFirst().ifPresent(value -> {
                throw new ApiException(422, "Invalid", "PodLogOptions \"\" is invalid: " + option + ": Invalid value: "
                        + value + ": " + why);
            });
        }

        private static Instant time(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw ApiException.badRequest("sinceTime: \"" + text + "\" is no RFC 3339 time");
            }
        }

        List<LogLine> select(List<LogLine> lines) {
            ArrayDeque<LogLine> kept = new ArrayDeque<>();
            for (LogLine line : lines) {
                if (!line.time().isBefore(since)) {
                    kept.add(line);
                    if (tail.isPresent() && kept.size() > tail.get()) {
                        kept.removeFirst();
                    }
                }
            }
            return List.copyOf(kept);
        }

        String print(LogLine line) {
            return Stream.of(timestamps ? line.time() + " " : "", line.text(), "\n").collect(joining());
        }

        byte[] limit(byte[] text) {
            return text.length <= mostBytes ? text : java.util.Arrays.copyOf(text, (int) mostBytes);
        }
    }
}

package dev.trafficlab.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/** Sends requests on the learner's behalf. */
final class Sender {

    /**
     * One client waits for an answer before it asks again; so many clients at most ask side by side: enough to wait for slow answers,
     * few enough to leave the other learners their turn.
     */
    private static final int CREW = 16;

    /** A route may answer as slowly as its author likes; the caller shall not wait for longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final MeshAnswer.ConnectionRefused NOBODY_TO_SEND = new MeshAnswer.ConnectionRefused(
            "No pod is running in this lab that could send a request. Apply the step that creates the Deployments.");

    private final Ingress ingress;
    private final TrafficObjects objects;
    private final InstantSource clock;
    private final Predicate<String> watched;

    /**
     * A sender of requests.
     *
     * @param watched whether somebody watches a namespace's traffic, who may ask for the reasons behind any request
     */
    Sender(Ingress ingress, TrafficObjects objects, InstantSource clock, Predicate<String> watched) {
        this.watched = watched;
        this.ingress = ingress;
        this.objects = objects;
        this.clock = clock;
    }

    /** The order's requests, if there is somebody to send them: inside, that takes a running pod. */
    Optional<RequestFactory> prepare(String namespace, LoadSpec order) {
        return switch (order.from()) {
            case OUTSIDE -> Optional.of(RequestFactory.outside(order));
            case INSIDE -> objects.clientPod(namespace).map(pod -> RequestFactory.inside(order, namespace, pod));
        };
    }

    /** Sends one request of a prepared order. */
    SentRequest send(String namespace, Optional<RequestFactory> orders, long index) {
        if (orders.isEmpty()) {
            return new SentRequest(AnsweredRequest.of(NOBODY_TO_SEND), Optional.of(new RequestTrace("", "",
                    NOBODY_TO_SEND.reason(),
                    new RoutingTrace(List.of()))));
        }
        MeshRequest request = orders.get().request(index);
        if (!watched.test(namespace)) {
            return new SentRequest(ended(ingress.send(namespace, request)), Optional.empty());
        }
        TracedAnswer traced = ingress.trace(namespace, request);
        return new SentRequest(ended(traced.answer()), Optional.of(RequestTrace.of(request.target(), traced)));
    }

    /** Nobody reads what was answered, so its connection is free for the next request. */
    private static AnsweredRequest ended(MeshAnswer answer) {
        if (answer instanceof MeshAnswer.Answered answered) {
            answered.response().body().close();
        }
        return AnsweredRequest.of(answer);
    }

    /** Sends all requests of the order, as many as can be within half a minute, and tells of each. */
    TrafficReport sendAll(String namespace, LoadSpec order, Consumer<SentRequest> told) {
        Optional<RequestFactory> orders = prepare(namespace, order);
        Instant deadline = clock.instant().plus(PATIENCE);
        var next = new AtomicInteger();
        var count = new Count();
        try (var crew = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(CREW, order.clients()); i++) {
                crew.execute(() -> {
                    for (int index = next.getAndIncrement(); index < order.requests()
                            && clock.instant().isBefore(deadline); index = next.getAndIncrement()) {
                        SentRequest answer = send(namespace, orders, index);
                        count.add(answer.answer());
                        told.accept(answer);
                        // Virtual threads are not preempted: without this, a large order would hold up every other request.
                        Thread.yield();
                    }
                });
            }
        }
        return count.report();
    }

    /** Sends one request and keeps its reasons. */
    TracedAnswer trace(String namespace, LoadSpec order) {
        return prepare(namespace, order).map(orders -> ingress.trace(namespace, orders.request(0)))
                .orElseGet(() -> new TracedAnswer(NOBODY_TO_SEND, new RoutingTrace(List.of())));
    }

    private record Count(Map<String, LongAdder> statuses, Map<String, LongAdder> versions, LongAdder sent) {

        Count() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new LongAdder());
        }

        void add(AnsweredRequest answer) {
            sent.increment();
            statuses.computeIfAbsent(Recorder.statusName(answer.status()), status -> new LongAdder()).increment();
            versions.computeIfAbsent(answer.version().isEmpty() ? "none" : answer.version(), version -> new LongAdder())
                    .increment();
        }

        TrafficReport report() {
            return new TrafficReport(sent.intValue(), sums(statuses), sums(versions));
        }

        private static Map<String, Integer> sums(Map<String, LongAdder> counts) {
            Map<String, Integer> sums = new TreeMap<>();
            counts.forEach((name, count) -> sums.put(name, count.intValue()));
            return sums;
        }
    }
}

package dev.trafficlab.traffic.generator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Experiment.InsideClient;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.LabCourses;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.TrafficReport;
import dev.trafficlab.traffic.tally.RequestTrace;
import dev.trafficlab.traffic.tally.SubjectReader;

/** Sends requests on the learner's behalf. */
public final class Sender {

    /**
     * One client waits for an answer before it asks again; so many clients at most ask side by side: enough to wait for slow answers,
     * few enough to leave the other learners their turn.
     */
    private static final int CREW = 16;

    /** A route may answer as slowly as its author likes; the caller shall not wait for longer than this. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final MeshAnswer.ConnectionRefused NOBODY_TO_SEND = new MeshAnswer.ConnectionRefused(
            "No pod is running in this lab that could send a request. Apply the step that creates the Deployments.");

    private static final byte[] NO_BODY = {};

    private final Ingress ingress;
    private final SubjectReader subjects;
    private final LabCourses courses;
    private final InstantSource clock;
    private final Predicate<String> watched;

    /**
     * A sender of requests.
     *
     * @param watched whether somebody watches a namespace's traffic, who may ask for the reasons behind any request
     */
    public Sender(Ingress ingress, SubjectReader subjects, LabCourses courses, InstantSource clock,
            Predicate<String> watched) {
        this.watched = watched;
        this.ingress = ingress;
        this.subjects = subjects;
        this.courses = courses;
        this.clock = clock;
    }

    /** An order that can be sent: by clients that keep their cookies, and inside, by a running pod, if there is one. */
    final class Prepared {

        private final String namespace;
        private final Optional<RequestFactory> requests;
        private final CookieJars cookies;

        private Prepared(String namespace, Optional<RequestFactory> requests, CookieJars cookies) {
            this.namespace = namespace;
            this.requests = requests;
            this.cookies = cookies;
        }

        /** Sends the request of that index, counted from 0. */
        SentRequest send(long index) {
            return requests.map(factory -> send(factory, index)).orElseGet(() -> unsent(namespace));
        }

        private SentRequest send(RequestFactory factory, long index) {
            int client = factory.client(index);
            MeshRequest request = cookies.withCookies(client, factory.request(index));
            RoutePlan plan = ingress.plan(namespace, request);
            if (!watched.test(namespace)) {
                MeshAnswer answer = ingress.send(namespace, request);
                cookies.keep(client, request, answer);
                return new SentRequest(plan, request, ended(answer), Optional.empty());
            }
            TracedAnswer traced = ingress.trace(namespace, request);
            cookies.keep(client, request, traced.answer());
            return new SentRequest(plan, request, ended(traced.answer()), Optional.of(RequestTrace.of(request.target(),
                    traced, label(namespace))));
        }
    }

    /** Prepares an order whose clients have no cookies yet. */
    Prepared prepare(String namespace, LoadSpec order) {
        return prepare(namespace, order, new CookieJars());
    }

    /** Prepares an order anew: another pod may have to send by now, but the clients keep their cookies. */
    Prepared prepare(String namespace, LoadSpec order, CookieJars cookies) {
        return new Prepared(namespace, requests(namespace, order), cookies);
    }

    private Optional<RequestFactory> requests(String namespace, LoadSpec order) {
        return switch (order.from()) {
            case OUTSIDE -> Optional.of(RequestFactory.outside(order));
            case INSIDE -> {
                Experiment experiment = courses.of(namespace).map(Course::experiment).orElse(Experiment.NONE);
                String service = experiment.inside().map(InsideClient::service).orElse("localhost");
                yield subjects.clientPod(namespace, experiment)
                        .map(pod -> RequestFactory.inside(order, namespace, pod, service));
            }
        };
    }

    private static SentRequest unsent(String namespace) {
        MeshRequest request = new MeshRequest(new MeshRequest.FromPod(namespace, ""), "GET", "localhost", "/", Headers
                .none(), "", NO_BODY);
        return new SentRequest(RoutePlan.unsent(NOBODY_TO_SEND.reason()), request, AnsweredRequest.of(NOBODY_TO_SEND),
                Optional.of(new RequestTrace("", "", "", NOBODY_TO_SEND.reason(), new RoutingTrace(List.of()))));
    }

    /** Nobody reads what was answered, so its connection is free for the next request. */
    private static AnsweredRequest ended(MeshAnswer answer) {
        if (answer instanceof MeshAnswer.Answered answered) {
            answered.response().body().close();
        }
        return AnsweredRequest.of(answer);
    }

    /** Sends all requests of the order, as many as can be within half a minute, and tells of each. */
    public TrafficReport sendAll(String namespace, LoadSpec order, Consumer<SentRequest> told) {
        Prepared prepared = prepare(namespace, order);
        Instant deadline = clock.instant().plus(PATIENCE);
        var count = new Count();
        int crew = Math.min(CREW, order.clients());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < crew; i++) {
                int member = i;
                threads.execute(() -> {
                    for (int index = 0; index < order.requests() && clock.instant().isBefore(deadline); index++) {
                        // A client waits for its answer, and for the cookie in it, before it asks again.
                        if (index % order.clients() % crew == member) {
                            SentRequest sent = prepared.send(index);
                            count.add(sent.answer(), label(namespace));
                            told.accept(sent);
                            // Virtual threads are not preempted: without this, a large order would hold up every other request.
                            Thread.yield();
                        }
                    }
                });
            }
        }
        return count.report();
    }

    /** What the routes would do with the order's first request. */
    public RoutePlan plan(String namespace, LoadSpec order) {
        return requests(namespace, order).map(factory -> ingress.plan(namespace, factory.request(0)))
                .orElseGet(() -> RoutePlan.unsent(NOBODY_TO_SEND.reason()));
    }

    /** Sends one request and keeps its reasons. */
    public Followed follow(String namespace, LoadSpec order) {
        Optional<RequestFactory> requests = requests(namespace, order);
        if (requests.isEmpty()) {
            return new Followed(unsent(namespace), new TracedAnswer(NOBODY_TO_SEND, new RoutingTrace(List.of())));
        }
        MeshRequest request = requests.get().request(0);
        RoutePlan plan = ingress.plan(namespace, request);
        TracedAnswer traced = ingress.trace(namespace, request);
        return new Followed(new SentRequest(plan, request, AnsweredRequest.of(traced.answer()), Optional.of(RequestTrace
                .of(request.target(), traced, label(namespace)))), traced);
    }

    /** A request that was followed, with its whole answer. */
    public record Followed(SentRequest sent, TracedAnswer traced) {}

    private String label(String namespace) {
        return courses.of(namespace).map(Course::experiment).orElse(Experiment.NONE).subject().label();
    }

    private record Count(Map<String, LongAdder> statuses, Map<String, LongAdder> versions, LongAdder sent) {

        Count() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new LongAdder());
        }

        void add(AnsweredRequest answer, String label) {
            sent.increment();
            statuses.computeIfAbsent(TrafficReport.statusName(answer.status()), status -> new LongAdder()).increment();
            versions.computeIfAbsent(answer.labels().getOrDefault(label, "none"), version -> new LongAdder())
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

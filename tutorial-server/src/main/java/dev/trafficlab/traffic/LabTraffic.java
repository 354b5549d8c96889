package dev.trafficlab.traffic;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.NamespaceRevisions;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Experiment.TallyService;
import dev.trafficlab.course.Step;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.gateway.RequestListener;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.traffic.feed.PollIntervals;
import dev.trafficlab.traffic.feed.SnapshotPublisher;
import dev.trafficlab.traffic.generator.LoadGenerators;
import dev.trafficlab.traffic.generator.RequestFactory;
import dev.trafficlab.traffic.generator.Sender;
import dev.trafficlab.traffic.generator.SentRequest;
import dev.trafficlab.traffic.tally.Recorder;
import dev.trafficlab.traffic.tally.RequestTrace;
import dev.trafficlab.traffic.tally.SplitMaker;
import dev.trafficlab.traffic.tally.SubjectReader;
import dev.trafficlab.traffic.tally.Tally;
import dev.trafficlab.traffic.tally.TallyCatchUp;
import dev.trafficlab.traffic.tally.VersionCatalog;

/** The traffic of all labs. What it keeps can be lost without harm: the tally itself lives in an app of the lab. */
final class LabTraffic implements Traffic, RequestListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabTraffic.class);

    private static final long GENERATOR_TICK_MILLIS = 50;

    private final InstantSource clock;
    private final NamespaceRevisions revisions;
    private final Ingress ingress;
    private final Limits limits;
    private final PollIntervals rhythm;
    private final LabCourses courses;
    private final SubjectReader subjects;
    private final Tally tally;
    private final Sender sender;
    private final LoadGenerators generators;
    private final SnapshotPublisher feeds;
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final LoadingCache<Moment, VersionCatalog> catalogs;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("traffic").factory());

    LabTraffic(Cluster cluster, NamespaceRevisions revisions, Ingress ingress, LabCourses courses, Limits limits,
            InstantSource clock) {
        this.revisions = revisions;
        this.ingress = ingress;
        this.courses = courses;
        this.clock = clock;
        this.limits = limits;
        this.rhythm = PollIntervals.of(cluster.kind());
        this.subjects = new SubjectReader(cluster);
        this.tally = new Tally(cluster);
        this.feeds = new SnapshotPublisher(this::picture, namespace -> recorder(namespace).changes() + revisions.of(
                namespace), clock, threads, rhythm.refresh());
        this.sender = new Sender(ingress, subjects, courses, clock, feeds::isWatched);
        this.generators = new LoadGenerators(sender, clock, threads, feeds::isWatched, this::note);
        // A busy lab's picture is made several times a second; its Deployments change at a human's pace.
        this.catalogs = Caffeine.newBuilder()
                .maximumSize(20_000)
                .expireAfterAccess(Duration.ofMinutes(1))
                .build(moment -> subjects.catalog(moment.namespace(), experiment(moment.namespace())));
    }

    void run() {
        long tick = rhythm.tick().toMillis();
        var _ = ticker.scheduleAtFixedRate(lasting(feeds::tick), tick, tick, TimeUnit.MILLISECONDS);
        var _ = ticker.scheduleAtFixedRate(lasting(generators::tick), GENERATOR_TICK_MILLIS, GENERATOR_TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        var _ = ticker.scheduleAtFixedRate(lasting(this::forgetReasons), 1, 1, TimeUnit.MINUTES);
    }

    private void forgetReasons() {
        recorders.forEach((namespace, recorder) -> {
            if (!feeds.isWatched(namespace)) {
                recorder.forgetReasons();
            }
        });
    }

    /** A scheduled task that throws is never run again, and nobody is told. */
    private static Runnable lasting(Runnable tick) {
        return () -> {
            try {
                tick.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("tick failed");
            }
        };
    }

    @Override
    public TrafficReport send(String namespace, LoadSpec order) {
        limits.requests().take(namespace, order.requests());
        Optional<TallyService> service = experiment(namespace).tally();
        VersionCatalog catalog = catalog(namespace);
        var counted = new TallyCatchUp(() -> service.map(one -> tally.total(namespace, one)).orElse(0L),
                labels -> service.isPresent() && catalog.of(labels).isPresent(), clock, rhythm.settling());
        TrafficReport report = sender.sendAll(namespace, order, sent -> {
            note(namespace, sent);
            counted.expect(sent.answer());
        });
        counted.await();
        return report;
    }

    @Override
    public void start(String namespace, LoadSpec order, int perSecond) {
        generators.start(namespace, order, limits.generatorRate(perSecond));
        recorder(namespace).touch();
    }

    @Override
    public void stop(String namespace) {
        generators.stop(namespace);
        recorder(namespace).touch();
    }

    @Override
    public TracedAnswer trace(String namespace, LoadSpec order) {
        limits.requests().take(namespace, 1);
        Sender.Followed followed = sender.follow(namespace, order);
        note(namespace, followed.sent());
        return followed.traced();
    }

    @Override
    public TracedRequest follow(String namespace, LoadSpec order) {
        limits.requests().take(namespace, 1);
        SentRequest sent = sender.follow(namespace, order).sent();
        long number = note(namespace, sent);
        return sent.why().orElseThrow().of(number, sent.answer());
    }

    @Override
    public RoutePlan plan(String namespace, LoadSpec order) {
        return sender.plan(namespace, order);
    }

    private long note(String namespace, SentRequest sent) {
        return recorder(namespace).add(sent.plan(), sent.request(), sent.answer(), sent.why());
    }

    @Override
    public Optional<TracedRequest> reasons(String namespace, long number) {
        return recorder(namespace).reasons(number);
    }

    @Override
    public Split split(String namespace) {
        return split(namespace, subjects.catalog(namespace, experiment(namespace)));
    }

    private Split split(String namespace, VersionCatalog catalog) {
        Experiment experiment = experiment(namespace);
        return SplitMaker.of(recorder(namespace), experiment, catalog, experiment.tally()
                .flatMap(service -> tally.read(namespace, service)), () -> usual(namespace));
    }

    /** What the routes do with the requests that the course's steps offer to send from outside. */
    private List<RoutePlan> usual(String namespace) {
        return courses.of(namespace)
                .stream()
                .flatMap(course -> course.steps().stream())
                .map(Step::traffic)
                .filter(traffic -> !traffic.inside())
                .distinct()
                .map(traffic -> LoadSpec.of(traffic, 1, 1))
                .map(order -> ingress.plan(namespace, RequestFactory.outside(order).request(0)))
                .toList();
    }

    @Override
    public void deleteLogs(String namespace) {
        experiment(namespace).tally().ifPresent(service -> tally.delete(namespace, service));
        recorder(namespace).clear();
    }

    @Override
    public void forget(String namespace) {
        generators.stop(namespace);
        recorders.remove(namespace);
    }

    @Override
    public Watching watch(String namespace, Listener listener) {
        return feeds.watch(namespace, listener);
    }

    @Override
    public void answered(String namespace, MeshRequest request, AnsweredRequest answer) {
        recorder(namespace).add(request, answer, Optional.empty());
    }

    @Override
    public boolean wantsReasons(String namespace) {
        return feeds.isWatched(namespace);
    }

    @Override
    public void answered(String namespace, MeshRequest request, TracedAnswer traced) {
        recorder(namespace).add(request, AnsweredRequest.of(traced.answer()), Optional.of(RequestTrace.of(request
                .target(), traced, experiment(namespace).subject().label())));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        threads.shutdownNow();
    }

    /** A namespace as its objects were at a revision. */
    private record Moment(String namespace, long revision) {}

    private Recorder recorder(String namespace) {
        return recorders.computeIfAbsent(namespace, name -> new Recorder(clock, request -> ingress.plan(name,
                request)));
    }

    private Experiment experiment(String namespace) {
        return courses.of(namespace).map(Course::experiment).orElse(Experiment.NONE);
    }

    private VersionCatalog catalog(String namespace) {
        return catalogs.get(new Moment(namespace, revisions.of(namespace)));
    }

    private LiveSnapshot picture(String namespace) {
        Recorder recorder = recorder(namespace);
        long revision = revisions.of(namespace);
        Split split = split(namespace, catalogs.get(new Moment(namespace, revision)));
        return new LiveSnapshot(split, recorder.recent(experiment(namespace).subject().label()), recorder.perSecond(),
                recorder.byStatus(), generators.rate(namespace), revision, ingress.notSupported(namespace), recorder
                        .since());
    }
}

package dev.trafficlab.traffic;

import java.time.Duration;
import java.time.InstantSource;
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
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.gateway.RequestListener;
import dev.trafficlab.limits.Limits;

/** The traffic of all labs. What it keeps can be lost without harm: the tally itself lives in the lab's logging backend. */
final class LabTraffic implements Traffic, RequestListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LabTraffic.class);

    private static final long GENERATOR_TICK_MILLIS = 50;

    private final InstantSource clock;
    private final NamespaceRevisions revisions;
    private final Ingress ingress;
    private final Limits limits;
    private final PollIntervals rhythm;
    private final TrafficObjects objects;
    private final Tally tally;
    private final Sender sender;
    private final LoadGenerators generators;
    private final SnapshotPublisher feeds;
    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final LoadingCache<Moment, VersionCatalog> palettes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("traffic").factory());

    LabTraffic(Cluster cluster, NamespaceRevisions revisions, Ingress ingress, Limits limits, InstantSource clock) {
        this.revisions = revisions;
        this.ingress = ingress;
        this.clock = clock;
        this.limits = limits;
        this.rhythm = PollIntervals.of(cluster.kind());
        this.objects = new TrafficObjects(cluster);
        this.tally = new Tally(cluster);
        this.feeds = new SnapshotPublisher(this::picture, namespace -> recorder(namespace).changes() + revisions.of(
                namespace),
                clock, threads, rhythm.refresh());
        this.sender = new Sender(ingress, objects, clock, feeds::isWatched);
        this.generators = new LoadGenerators(sender, clock, threads, feeds::isWatched, (namespace, told) -> recorder(
                namespace).add(told));
        // A busy lab's picture is made several times a second; its routes change at a human's pace.
        this.palettes = Caffeine.newBuilder()
                .maximumSize(20_000)
                .expireAfterAccess(Duration.ofMinutes(1))
                .build(moment -> objects.palette(moment.namespace()));
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
        Recorder recorder = recorder(namespace);
        var counted = new TallyCatchUp(() -> tally.total(namespace), clock, rhythm.settling());
        TrafficReport report = sender.sendAll(namespace, order, answer -> {
            recorder.add(answer);
            counted.expect(answer.answer());
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
        TracedAnswer traced = sender.trace(namespace, order);
        note(namespace, order, traced);
        return traced;
    }

    @Override
    public TracedRequest follow(String namespace, LoadSpec order) {
        limits.requests().take(namespace, 1);
        return note(namespace, order, sender.trace(namespace, order));
    }

    private TracedRequest note(String namespace, LoadSpec order, TracedAnswer traced) {
        AnsweredRequest answer = AnsweredRequest.of(traced.answer());
        RequestTrace why = RequestTrace.of(order.path(), traced);
        return why.of(recorder(namespace).add(new SentRequest(answer, Optional.of(why))), answer);
    }

    @Override
    public Optional<TracedRequest> reasons(String namespace, long number) {
        return recorder(namespace).reasons(number);
    }

    @Override
    public Split split(String namespace) {
        return Splits.of(tally.read(namespace), objects.palette(namespace));
    }

    @Override
    public void deleteLogs(String namespace) {
        tally.delete(namespace);
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
    public void answered(String namespace, AnsweredRequest request) {
        recorder(namespace).add(request);
    }

    @Override
    public boolean wantsReasons(String namespace) {
        return feeds.isWatched(namespace);
    }

    @Override
    public void answered(String namespace, String target, TracedAnswer traced) {
        recorder(namespace).add(new SentRequest(AnsweredRequest.of(traced.answer()), Optional.of(RequestTrace.of(target,
                traced))));
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        threads.shutdownNow();
    }

    /** A namespace as its objects were at a revision. */
    private record Moment(String namespace, long revision) {}

    private Recorder recorder(String namespace) {
        return recorders.computeIfAbsent(namespace, name -> new Recorder(clock));
    }

    private LiveSnapshot picture(String namespace) {
        Recorder recorder = recorder(namespace);
        long revision = revisions.of(namespace);
        Split split = Splits.of(tally.read(namespace), palettes.get(new Moment(namespace, revision)));
        return new LiveSnapshot(split, recorder.recent(), recorder.perSecond(), recorder.byStatus(), generators.rate(
                namespace), revision, ingress.notSupported(namespace));
    }
}

package dev.trafficlab.traffic.generator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.traffic.LoadSpec;

/** Keeps requests coming for the labs that asked for it, for as long as somebody watches. Driven by {@link #tick}. */
public final class LoadGenerators {

    private static final Logger LOG = LoggerFactory.getLogger(LoadGenerators.class);
    private static final Duration UNWATCHED = Duration.ofMinutes(1);
    private static final int MOST_IN_FLIGHT = 500;

    private final Sender sender;
    private final InstantSource clock;
    private final Executor threads;
    private final Predicate<String> watched;
    private final BiConsumer<String, SentRequest> told;
    private final Map<String, Generator> running = new ConcurrentHashMap<>();

    /**
     * No generator runs yet.
     *
     * @param watched whether somebody watches a namespace's traffic
     * @param told is told of every request
     */
    public LoadGenerators(Sender sender, InstantSource clock, Executor threads, Predicate<String> watched,
            BiConsumer<String, SentRequest> told) {
        this.sender = sender;
        this.clock = clock;
        this.threads = threads;
        this.watched = watched;
        this.told = told;
    }

    /** Starts to send; replaces what is running. */
    public void start(String namespace, LoadSpec order, int perSecond) {
        running.put(namespace, new Generator(namespace, order, perSecond, clock.instant()));
    }

    /** Stops to send. */
    public void stop(String namespace) {
        running.remove(namespace);
    }

    /** Requests a second that the namespace is sent; 0 when its generator rests. */
    public int rate(String namespace) {
        Generator generator = running.get(namespace);
        return generator == null ? 0 : generator.perSecond;
    }

    /** Sends what is due by now; to be called a few times a second, by one thread. */
    public void tick() {
        running.values().forEach(generator -> {
            if (generator.isAbandoned()) {
                running.remove(generator.namespace, generator);
            } else {
                generator.sendWhatIsDue();
            }
        });
    }

    private final class Generator {

        private final String namespace;
        private final LoadSpec order;
        private final int perSecond;
        private final CookieJars cookies = new CookieJars();
        private final AtomicInteger inFlight = new AtomicInteger();
        private Instant last;
        private Instant lastWatched;
        private double due;
        private long index;

        Generator(String namespace, LoadSpec order, int perSecond, Instant now) {
            this.namespace = namespace;
            this.order = order;
            this.perSecond = perSecond;
            this.last = now;
            this.lastWatched = now;
        }

        boolean isAbandoned() {
            if (watched.test(namespace)) {
                lastWatched = clock.instant();
            }
            return lastWatched.plus(UNWATCHED).isBefore(clock.instant());
        }

        /** After a pause of the machine at most a second's worth is made up for. */
        void sendWhatIsDue() {
            Instant now = clock.instant();
            due = Math.min(perSecond, due + Duration.between(last, now).toMillis() * perSecond / 1000.0);
            last = now;
            int count = (int) Math.min(due, MOST_IN_FLIGHT - inFlight.get());
            if (count > 0) {
                due -= count;
                inFlight.addAndGet(count);
                long first = index;
                index += count;
                threads.execute(() -> sendSideBySide(first, count));
            }
        }

        private void sendSideBySide(long first, int count) {
            Sender.Prepared prepared = sender.prepare(namespace, order, cookies);
            for (long i = first; i < first + count; i++) {
                long request = i;
                threads.execute(() -> send(prepared, request));
            }
        }

        private void send(Sender.Prepared prepared, long request) {
            try {
                told.accept(namespace, prepared.send(request));
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("namespace", namespace).setCause(e).log("generated request failed");
            } finally {
                inFlight.decrementAndGet();
            }
        }
    }
}

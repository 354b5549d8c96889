package dev.trafficlab.limits;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.stereotype.Component;

/** Every limit of this server, as its {@link LimitSettings settings} say. */
@Component
public final class Limits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int PARTS_A_MINUTE = 12;

    private final LimitSettings settings;
    private final Limit starts;
    private final Limit newLabs;
    private final Limit signInFailures;
    private final Limit signInChecks;
    private final Limit secretFailures;
    private final Limit changes;
    private final Limit reads;
    private final Limit requests;
    private final Limit calls;

    @Autowired
    Limits(LimitSettings settings) {
        this(settings, TimeMeter.SYSTEM_MILLISECONDS);
    }

    /** The usual limits in force, or lifted. */
    public Limits(boolean enabled) {
        this(usual(enabled), TimeMeter.SYSTEM_MILLISECONDS);
    }

    Limits(LimitSettings settings, TimeMeter clock) {
        Limiting limiting = new Limiting(!settings.enabled(), clock);
        this.settings = settings;
        this.starts = limiting.of("new labs from your address", DAY, bucket -> bucket
                .addLimit(limit -> limit.capacity(settings.starts()).refillGreedy(settings.startsPerMinute(), MINUTE))
                .addLimit(limit -> limit.capacity(Math.max(settings.starts(), settings.startsPerDay()))
                        .refillGreedy(settings.startsPerDay(), DAY)));
        this.newLabs = limiting.perMinute("new labs from your address", settings.newLabs());
        this.signInFailures = limiting.perMinute("wrong passwords from your address", settings.signInFailures());
        this.signInChecks = limiting.of("attempts to sign in from your address", MINUTE.multipliedBy(PARTS_A_MINUTE),
                bucket -> bucket.addLimit(limit -> limit.capacity(settings.signInChecks())
                        .refillGreedy(settings.signInChecks() / PARTS_A_MINUTE, MINUTE)));
        this.secretFailures = limiting.perMinute("wrong secrets from your address", settings.secretFailures());
        this.changes = limiting.perMinute("changes to your lab", settings.labChanges());
        this.reads = limiting.perMinute("pages of your lab", settings.labReads());
        this.requests = limiting.perMinute("requests for your lab", settings.labRequests());
        this.calls = limiting.perMinute("calls of the Kubernetes API", settings.labCalls());
    }

    /** What they go by. */
    public LimitSettings settings() {
        return settings;
    }

    /** Whether any limit holds. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** New labs of browsers, by address. */
    public Limit starts() {
        return starts;
    }

    /** New labs of programs, by address. */
    public Limit newLabs() {
        return newLabs;
    }

    /** Wrong passwords, by address. */
    public Limit signInFailures() {
        return signInFailures;
    }

    /** Passwords that are looked at, right or wrong, by address; a right one is given back. */
    public Limit signInChecks() {
        return signInChecks;
    }

    /** Wrong secrets of labs, by address. */
    public Limit secretFailures() {
        return secretFailures;
    }

    /** Whatever makes a lab work (apply, check, reset, edits), by lab. */
    public Limit changes() {
        return changes;
    }

    /** Whatever else is asked for a lab, by lab. */
    public Limit reads() {
        return reads;
    }

    /** HTTP requests into a lab's mesh, whichever way they come, by lab. */
    public Limit requests() {
        return requests;
    }

    /** Calls of the Kubernetes API, by lab. */
    public Limit calls() {
        return calls;
    }

    /** The rate that a request generator runs at when asked for this one. */
    public int generatorRate(int wanted) {
        return enabled() ? Math.min(wanted, settings.generatorRate()) : wanted;
    }

    private static LimitSettings usual(boolean enabled) {
        BindResult<LimitSettings> bound = new Binder(new MapConfigurationPropertySource(Map.of(
                "tutorial.limits.enabled", Boolean.toString(enabled)))).bind("tutorial.limits", LimitSettings.class);
        return bound.get();
    }

    /** How buckets are made. */
    private record Limiting(boolean lifted, TimeMeter clock) {

        Limit perMinute(String what, int count) {
            return of(what, MINUTE, bucket -> bucket.addLimit(limit -> limit.capacity(count)
                    .refillGreedy(count, MINUTE)));
        }

        Limit of(String what, Duration refill, UnaryOperator<LocalBucketBuilder> bands) {
            return new Limit(what, lifted, refill, () -> bands.apply(Bucket.builder().withCustomTimePrecision(clock))
                    .build());
        }
    }
}

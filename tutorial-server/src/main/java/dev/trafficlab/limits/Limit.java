package dev.trafficlab.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;

/** A rate for each key, a lab or an address. Safe for any number of threads. */
public final class Limit {

    private static final int KEYS = 100_000;

    private final String what;
    private final boolean lifted;
    private final LongAdder refusals = new LongAdder();
    private final LoadingCache<String, Bucket> buckets;

    /** A limit of which each key has a bucket; one that is full again when it was not asked for so long need not be kept. */
    Limit(String what, boolean lifted, Duration refill, Supplier<Bucket> bucket) {
        this.what = what;
        this.lifted = lifted;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(refill.multipliedBy(2))
                .build(key -> bucket.get());
    }

    /**
     * Takes so many at once, all or none.
     *
     * @throws TooManyRequestsException when there are not so many left
     */
    public void take(String key, int count) {
        tryTake(key, count).ifPresent(wait -> {
            throw new TooManyRequestsException(what, wait);
        });
    }

    /** Takes so many at once, all or none; where there are not so many left, says how long to wait. */
    public Optional<Duration> tryTake(String key, int count) {
        if (lifted) {
            return Optional.empty();
        }
        var probe = buckets.get(key).tryConsumeAndReturnRemaining(count);
        if (probe.isConsumed()) {
            return Optional.empty();
        }
        refusals.increment();
        return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** How often there were not enough left, since the start. */
    long refusals() {
        return refusals.sum();
    }

    /**
     * Takes one of those to come, where none is left now, and says how long it is until that is there: nothing at all where one is left.
     *
     * @throws TooManyRequestsException when it would be longer than so long; nothing is taken then
     */
    public Duration reserve(String key, Duration longest) {
        if (lifted) {
            return Duration.ZERO;
        }
        Bucket bucket = buckets.get(key);
        EstimationProbe estimate = bucket.estimateAbilityToConsume(1);
        if (estimate.getNanosToWaitForRefill() > longest.toNanos()) {
            refusals.increment();
            throw new TooManyRequestsException(what, Duration.ofNanos(estimate.getNanosToWaitForRefill())
                    .minus(longest));
        }
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(1));
    }

    /** Gives back what was taken for nothing. */
    public void giveBack(String key, int count) {
        if (!lifted) {
            buckets.get(key).addTokens(count);
        }
    }

    /** What to tell somebody who asked too often, and has to wait so long. */
    public TooManyRequestsException refusal(Duration wait) {
        return new TooManyRequestsException(what, wait);
    }
}

package dev.trafficlab.limits;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/** So many a minute for each key, a lab or an address. What was not used for a minute is not saved up. Safe for any number of threads. */
public final class Limit {

    private static final int KEYS = 100_000;

    private final String what;
    private final boolean lifted;
    private final LongAdder refusals = new LongAdder();
    private final LoadingCache<String, Bucket> buckets;

    Limit(String what, int perMinute, boolean lifted, TimeMeter clock) {
        this.what = what;
        this.lifted = lifted;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(KEYS)
                .expireAfterAccess(Duration.ofMinutes(2))
                .build(key -> Bucket.builder()
                        .withCustomTimePrecision(clock)
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .build());
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

    /** Gives back what was taken for nothing. */
    public void giveBack(String key, int count) {
        if (!lifted) {
            buckets.get(key).addTokens(count);
        }
    }
}

package dev.trafficlab.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;

import dev.trafficlab.embedded.Bounds;

/**
 * How much of the gateway one lab, and one client's address, may use at a time. A lab that uses up its share is told so alone. Safe for
 * any number of threads.
 */
final class LabShares {

    private final boolean enabled;
    private final Predicate<String> proxies;
    private final Map<String, Integer> labs = new ConcurrentHashMap<>();
    private final Map<String, Integer> addresses = new ConcurrentHashMap<>();
    private final LoadingCache<String, Bucket> bytes = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterAccess(Duration.ofMinutes(1))
            .build(lab -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(4 * Bounds.GATEWAY_BYTES_PER_SECOND)
                            .refillGreedy(Bounds.GATEWAY_BYTES_PER_SECOND, Duration.ofSeconds(1)))
                    .build());

    /** @param proxies the addresses that stand for many clients */
    LabShares(boolean enabled, Predicate<String> proxies) {
        this.enabled = enabled;
        this.proxies = proxies;
    }

    /** A request that is under way; close it when its answer is sent. */
    interface Ticket extends AutoCloseable {

        @Override
        void close();
    }

    /** Lets a request of the lab in; empty when its lab or its client has used up what it may have. */
    Optional<Ticket> enter(String lab, String address) {
        if (!enabled) {
            return Optional.of(() -> {});
        }
        if (bytes.get(lab).getAvailableTokens() <= 0 || !begin(labs, lab, Bounds.GATEWAY_REQUESTS)) {
            return Optional.empty();
        }
        if (!begin(addresses, address, proxies.test(address) ? Integer.MAX_VALUE
                : Bounds.GATEWAY_REQUESTS_OF_AN_ADDRESS)) {
            end(labs, lab);
            return Optional.empty();
        }
        return Optional.of(() -> {
            end(labs, lab);
            end(addresses, address);
        });
    }

    /** Counts what was sent on already: the next request waits for it. */
    void sent(String lab, long count) {
        if (enabled && count > 0) {
            bytes.get(lab).consumeIgnoringRateLimits(count);
        }
    }

    private static boolean begin(Map<String, Integer> counts, String key, int most) {
        if (counts.merge(key, 1, Integer::sum) <= most) {
            return true;
        }
        end(counts, key);
        return false;
    }

    private static void end(Map<String, Integer> counts, String key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
    }
}

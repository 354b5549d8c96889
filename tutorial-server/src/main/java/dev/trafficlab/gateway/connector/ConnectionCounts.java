package dev.trafficlab.gateway.connector;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How many connections each address has, counted anew twice a second at most: exact counts would need to hear of every close. For one thread. */
final class ConnectionCounts {

    private static final long VALID = Duration.ofMillis(500).toNanos();

    private final LongSupplier nanos;
    private Map<String, Integer> counted = Map.of();
    private long countedAt;

    ConnectionCounts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Counts one more of the address, and tells how many it has. */
    int add(String address, Supplier<Stream<String>> open) {
        long now = nanos.getAsLong();
        if (counted.isEmpty() || now - countedAt > VALID) {
            countedAt = now;
            counted = new HashMap<>();
            open.get().forEach(one -> counted.merge(one, 1, Integer::sum));
        }
        return counted.merge(address, 1, Integer::sum);
    }
}

package dev.trafficlab.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.store.StoreLimits;

/**
 * What an embedded cluster is started with.
 *
 * @param dataDirectory where the objects are kept; in memory when absent
 * @param podPhase how long a pod stays in each phase of its start (pending, creating); zero in tests
 * @param clock the time
 * @param dice the randomness of routing, safe for many threads
 * @param quota how much a namespace may hold
 * @param store how much the store may take
 */
public record EmbeddedSettings(Optional<Path> dataDirectory, Duration podPhase, InstantSource clock,
        RandomGenerator dice, Quota quota, StoreLimits store) {

    /** In memory, with pods that are ready at once. */
    public static EmbeddedSettings inMemory() {
        return new EmbeddedSettings(Optional.empty(), Duration.ZERO, InstantSource.system(), new ThreadLocalDice(),
                Quota.unlimited(), StoreLimits.ofThisMachine());
    }
}

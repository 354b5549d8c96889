package dev.trafficlab.lab;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Tells whether a token opens a lab. Asked on every request, so the hashes are remembered for a short while: a lab's token never
 * changes, only the lab itself may go.
 */
final class Doorkeeper {

    private final LabNamespaces namespaces;
    private final Cache<String, Optional<String>> hashes = Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(
            Duration.ofMinutes(1)).build();

    Doorkeeper(LabNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    boolean opens(String labId, String token) {
        return LabSecrets.isId(labId) && token.startsWith(labId + ".")
                && hashOf(labId).filter(hash -> LabSecrets.matches(hash, token)).isPresent();
    }

    void forget(String labId) {
        hashes.invalidate(labId);
    }

    private Optional<String> hashOf(String labId) {
        return hashes.get(labId, id -> namespaces.find(id).flatMap(LabRecord::tokenHash));
    }
}

package dev.trafficlab.lab.backend;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Tells whether a token opens a lab. Asked on every request, so the hashes are remembered for a short while. What is remembered only ever
 * opens: before a token is refused the cluster is asked, as another replica of this server may just have made the lab.
 */
public final class LabTokenVerifier {

    private final LabNamespaces namespaces;
    private final Cache<String, String> hashes = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    public LabTokenVerifier(LabNamespaces namespaces) {
        this.namespaces = namespaces;
    }

    public boolean opens(String labId, String token) {
        if (!token.startsWith(labId + ".")) {
            return false;
        }
        String known = hashes.getIfPresent(labId);
        return known != null && LabSecrets.matches(known, token)
                || hashOf(labId).filter(hash -> LabSecrets.matches(hash, token)).isPresent();
    }

    public void forget(String labId) {
        hashes.invalidate(labId);
    }

    private Optional<String> hashOf(String labId) {
        Optional<String> hash = namespaces.find(labId).flatMap(LabRecord::tokenHash);
        hash.ifPresentOrElse(found -> hashes.put(labId, found), () -> hashes.invalidate(labId));
        return hash;
    }
}

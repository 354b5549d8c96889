package dev.trafficlab.gateway;

import java.time.Duration;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.Namespace;

import dev.trafficlab.cluster.Cluster;

/**
 * Which labs there are, as the cluster knows. A yes is remembered for a while, as it is asked for on every request; a no is not, as a
 * lab just made must be reachable at once.
 */
final class LabExistenceCache {

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    private final Cluster cluster;
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();

    LabExistenceCache(Cluster cluster) {
        this.cluster = cluster;
    }

    boolean contains(String lab) {
        if (known.getIfPresent(lab) != null) {
            return true;
        }
        boolean there = NAMESPACE.matcher(lab).matches() && isLab(lab);
        if (there) {
            known.put(lab, true);
        }
        return there;
    }

    private boolean isLab(String name) {
        Namespace namespace = cluster.client().namespaces().withName(name).get();
        return namespace != null && namespace.getMetadata().getLabels() != null
                && "traffic-lab".equals(namespace.getMetadata().getLabels().get(MANAGED_BY));
    }
}

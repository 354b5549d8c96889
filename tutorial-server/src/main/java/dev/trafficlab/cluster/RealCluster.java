package dev.trafficlab.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A cluster that others run. Which versions it serves may change under us, by an upgrade of Istio. */
final class RealCluster implements Cluster {

    private static final String ISTIO = "networking.istio.io";
    private static final List<String> VERSIONS = List.of(NEWEST_ISTIO, "v1beta1", "v1alpha3");
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final LoadingCache<String, List<String>> served = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .build(this::ask);

    RealCluster(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Kind kind() {
        return Kind.KUBECONFIG;
    }

    /** Where Istio is missing, its kinds are asked for in the newest version, and the cluster says that it has none. */
    @Override
    public String istioVersion() {
        List<String> versions = served.get(ISTIO);
        if (versions.isEmpty()) {
            served.invalidate(ISTIO);
        }
        return VERSIONS.stream().filter(versions::contains).findFirst().orElse(NEWEST_ISTIO);
    }

    private List<String> ask(String group) {
        return Optional.ofNullable(client.getApiGroup(group))
                .map(APIGroup::getVersions)
                .orElse(List.of())
                .stream()
                .map(GroupVersionForDiscovery::getVersion)
                .toList();
    }
}

package dev.trafficlab.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.embedded.mesh.MeshAnswer;

/**
 * Knows a pod by the name that it gives in its answers. A real mesh does not tell its callers who answered, so the course's apps do; an
 * app can name no pod but one of its own lab.
 */
public final class ServingPods {

    /** The header in which an app names its pod. */
    public static final String HEADER = "x-served-by";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final KubernetesClient client;
    private final Cache<String, MeshAnswer.Upstream> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    ServingPods(KubernetesClient client) {
        this.client = client;
    }

    public Optional<MeshAnswer.Upstream> find(String namespace, String pod) {
        if (!NAME.matcher(pod).matches()) {
            return Optional.empty();
        }
        MeshAnswer.Upstream remembered = known.getIfPresent(namespace + "/" + pod);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<MeshAnswer.Upstream> found = ask(namespace, pod);
        found.ifPresent(upstream -> known.put(namespace + "/" + pod, upstream));
        return found;
    }

    private Optional<MeshAnswer.Upstream> ask(String namespace, String name) {
        return Optional.ofNullable(client.pods().inNamespace(namespace).withName(name).get())
                .map(pod -> new MeshAnswer.Upstream(namespace, name, address(pod), Objects.requireNonNullElse(pod
                        .getMetadata()
                        .getLabels(), Map.of())));
    }

    private static String address(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPodIP() == null ? "" : pod.getStatus().getPodIP();
    }
}

package dev.trafficlab.lab.backend;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.kind.LabKind;

import static java.util.function.Predicate.not;

/** Empties a lab's namespace, down to what Kubernetes itself puts into every namespace. */
final class NamespaceCleaner {

    /** Owners before what they own, so that no controller makes anew what was just removed; Events last, as removing makes some. */
    private static final List<LabKind> ORDER = List.of(LabKind.GATEWAY, LabKind.VIRTUAL_SERVICE,
            LabKind.DESTINATION_RULE,
            LabKind.SERVICE_ENTRY, LabKind.SIDECAR, LabKind.SERVICE, LabKind.DEPLOYMENT, LabKind.REPLICA_SET,
            LabKind.POD,
            LabKind.ENDPOINTS, LabKind.ENDPOINT_SLICE, LabKind.CONFIG_MAP, LabKind.SERVICE_ACCOUNT, LabKind.EVENT);

    /** What the cluster's own controllers keep in every namespace. */
    private static final Map<LabKind, Set<String>> KEPT = Map.of(LabKind.SERVICE_ACCOUNT, Set.of("default"),
            LabKind.CONFIG_MAP, Set.of("kube-root-ca.crt", "istio-ca-root-cert"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final KubernetesClient client;
    private final InstantSource clock;

    NamespaceCleaner(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Returns once all is gone. */
    void empty(String namespace) {
        Instant deadline = clock.instant().plus(PATIENCE);
        ORDER.forEach(kind -> delete(kind, namespace));
        for (LabKind kind : ORDER) {
            awaitGone(kind, namespace, deadline);
        }
    }

    private void delete(LabKind kind, String namespace) {
        if (KEPT.containsKey(kind)) {
            remaining(kind, namespace).forEach(left -> objects(kind, namespace).resource(left)
                    .withGracePeriod(0)
                    .delete());
        } else {
            objects(kind, namespace).withGracePeriod(0).delete();
        }
    }

    private void awaitGone(LabKind kind, String namespace, Instant deadline) {
        List<GenericKubernetesResource> left = remaining(kind, namespace);
        while (!left.isEmpty()) {
            if (clock.instant().isAfter(deadline)) {
                throw new IllegalStateException("The lab's " + left.size() + " objects of kind " + kind.kind()
                        + " were not removed within " + PATIENCE.toSeconds() + " s; see kubectl get " + kind.kind());
            }
            left.forEach(object -> release(kind, namespace, object));
            LockSupport.parkNanos(PAUSE.toNanos());
            delete(kind, namespace);
            left = remaining(kind, namespace);
        }
    }

    /** A finalizer that a learner wrote would keep the object for good: no controller removes it. */
    private void release(LabKind kind, String namespace, GenericKubernetesResource object) {
        if (object.getMetadata().getFinalizers().isEmpty()) {
            return;
        }
        try {
            objects(kind, namespace).withName(object.getMetadata().getName())
                    .patch(PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"finalizers\":null}}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private List<GenericKubernetesResource> remaining(LabKind kind, String namespace) {
        Set<String> kept = KEPT.getOrDefault(kind, Set.of());
        return objects(kind, namespace).list()
                .getItems()
                .stream()
                .filter(not(object -> kept.contains(object.getMetadata().getName())))
                .toList();
    }

    private NonNamespaceOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> objects(
            LabKind kind, String namespace) {
        MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>> all = client
                .genericKubernetesResources(kind.context());
        return all.inNamespace(namespace);
    }
}

package dev.trafficlab.lab.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.lab.check.CheckedClusterLab;
import dev.trafficlab.lab.kind.LabKind;

/**
 * What was applied to a lab, as the cluster itself remembers it: every object of which our field manager applied something. All other
 * objects in the namespace are somebody else's.
 */
public final class AppliedObjectsPruner {

    /** Routes first, so that no request goes astray while its target is being removed. */
    private static final List<LabKind> ORDER = List.of(LabKind.VIRTUAL_SERVICE, LabKind.GATEWAY,
            LabKind.DESTINATION_RULE, LabKind.SERVICE_ENTRY, LabKind.SIDECAR, LabKind.SERVICE, LabKind.DEPLOYMENT,
            LabKind.POD, LabKind.CONFIG_MAP, LabKind.SERVICE_ACCOUNT);

    /** What belongs to an applied object and goes after it. */
    private static final List<LabKind> OWNED = List.of(LabKind.REPLICA_SET, LabKind.POD);

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final InstantSource clock;

    public AppliedObjectsPruner(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Removes it all, with the pods behind it and the labels that were put on the Namespace. Returns once it is gone. */
    public void remove(String namespace) {
        Instant deadline = clock.instant().plus(PATIENCE);
        Set<String> doomed = new HashSet<>();
        for (LabKind kind : ORDER) {
            for (GenericKubernetesResource object : of(kind, namespace)) {
                doomed.add(object.getMetadata().getUid());
                if (object.getMetadata().getDeletionTimestamp() == null) {
                    resource(kind, namespace, object).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
                }
            }
        }
        releaseNamespace(namespace);
        for (List<String> left = left(namespace, doomed); !left.isEmpty(); left = left(namespace, doomed)) {
            if (clock.instant().isAfter(deadline)) {
                throw new IllegalStateException("Not removed within " + PATIENCE.toSeconds() + " s: " + left
                        + ". See kubectl -n " + namespace + " get all; a finalizer may hold it.");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private List<String> left(String namespace, Set<String> doomed) {
        List<String> left = new ArrayList<>();
        for (LabKind kind : ORDER) {
            all(kind, namespace).stream()
                    .filter(object -> doomed.contains(object.getMetadata().getUid()))
                    .forEach(object -> left.add(title(kind, object)));
        }
        // ReplicaSets come before the Pods that they own, so one pass finds both.
        Set<String> owners = new HashSet<>(doomed);
        for (LabKind kind : OWNED) {
            all(kind, namespace).stream().filter(object -> isOwned(object, owners)).forEach(object -> {
                owners.add(object.getMetadata().getUid());
                left.add(title(kind, object));
            });
        }
        return left;
    }

    /** Applying nothing gives up every field applied before; what nobody else holds goes. */
    private void releaseNamespace(String name) {
        Namespace nothing = new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
        if (of(client().namespaces().withName(name).get())) {
            client().namespaces().resource(nothing).patch(ServerSideApply.taking());
        }
    }

    private List<GenericKubernetesResource> of(LabKind kind, String namespace) {
        return all(kind, namespace).stream().filter(AppliedObjectsPruner::of).toList();
    }

    private List<GenericKubernetesResource> all(LabKind kind, String namespace) {
        return CheckedClusterLab.list(cluster, kind, namespace);
    }

    private static boolean of(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream().anyMatch(AppliedObjectsPruner::isOurs);
    }

    private static boolean isOurs(ManagedFieldsEntry entry) {
        return ServerSideApply.FIELD_MANAGER.equals(entry.getManager()) && "Apply".equals(entry.getOperation());
    }

    private static boolean isOwned(HasMetadata object, Set<String> owners) {
        return object.getMetadata()
                .getOwnerReferences()
                .stream()
                .map(OwnerReference::getUid)
                .anyMatch(owners::contains);
    }

    private static String title(LabKind kind, HasMetadata object) {
        return kind.kind() + " " + object.getMetadata().getName();
    }

    private Resource<GenericKubernetesResource> resource(LabKind kind,
            String namespace, GenericKubernetesResource object) {
        return client().genericKubernetesResources(kind.context(cluster)).inNamespace(namespace).resource(object);
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}

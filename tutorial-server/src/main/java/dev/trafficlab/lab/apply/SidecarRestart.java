package dev.trafficlab.lab.apply;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.kind.LabKind;

/**
 * Restarts Deployments so that their pods get a sidecar, which is added only when a pod is created. A Deployment whose pods all have
 * theirs is left alone: applying the step again, or after a restart by hand, disturbs nothing.
 */
public final class SidecarRestart {

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final String SIDECAR = "istio-proxy";

    private final KubernetesClient client;
    private final InstantSource clock;

    public SidecarRestart(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Restarts what must be, and tells of every Deployment whether it was. */
    public List<AppliedObject> restart(String namespace) {
        List<Pod> bare = client.pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && !hasSidecar(pod))
                .toList();
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(deployment -> restart(deployment, bare))
                .toList();
    }

    private AppliedObject restart(Deployment deployment, List<Pod> bare) {
        boolean needed = bare.stream().anyMatch(pod -> selects(deployment, pod));
        if (needed) {
            restart(deployment);
        }
        String result = needed ? "restarted" : "unchanged";
        return new AppliedObject(LabKind.DEPLOYMENT.kind(), deployment.getMetadata().getName(), result);
    }

    /** As {@code kubectl rollout restart} does it. */
    private void restart(Deployment deployment) {
        String name = deployment.getMetadata().getName();
        Deployment patch = new DeploymentBuilder().withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .addToAnnotations(RESTARTED_AT, clock.instant().toString())
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
        client.apps()
                .deployments()
                .inNamespace(deployment.getMetadata().getNamespace())
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    static boolean hasSidecar(Pod pod) {
        return Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                .map(Container::getName)
                .anyMatch(SIDECAR::equals);
    }

    static boolean selects(Deployment deployment, Pod pod) {
        Map<String, String> wanted = deployment.getSpec().getSelector().getMatchLabels();
        Map<String, String> labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
    }
}

package dev.trafficlab.lab;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.course.Check.PodsReady;

/** Tells whether the pods of a lab are all there. */
final class PodChecks {

    private final LabObjects objects;

    PodChecks(LabObjects objects) {
        this.objects = objects;
    }

    CheckFinding ready(PodsReady wanted) {
        List<Deployment> deployments = objects.deployments();
        if (deployments.size() < wanted.deployments()) {
            return CheckFinding.fails("Found " + deployments.size() + " of " + wanted.deployments() + " Deployments.");
        }
        List<Pod> pods = objects.pods();
        return deployments.stream()
                .flatMap(deployment -> complaint(deployment, pods, wanted).stream())
                .findFirst()
                .map(CheckFinding::fails)
                .orElseGet(() -> CheckFinding.holds(deployments.size() + " Deployments, each pod ready with "
                        + containers(wanted.containers()) + "."));
    }

    private static Optional<String> complaint(Deployment deployment, List<Pod> pods, PodsReady wanted) {
        List<Pod> own = pods.stream().filter(pod -> SidecarRestart.selects(deployment, pod)).toList();
        String name = deployment.getMetadata().getName();
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        if (!isRolledOut(deployment, replicas)) {
            int ready = number(deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas());
            return Optional.of(name + " has " + ready + " of " + replicas + " pods ready" + trouble(own)
                    + ", or still replaces older ones.");
        }
        return own.stream()
                .filter(pod -> containers(pod) != wanted.containers())
                .findFirst()
                .map(pod -> "The pod " + pod.getMetadata().getName() + " runs " + containers(containers(pod)) + ", not "
                        + wanted.containers() + ".");
    }

    private static boolean isRolledOut(Deployment deployment, int replicas) {
        DeploymentStatus status = deployment.getStatus();
        return status != null && observed(deployment, status) && number(status.getUpdatedReplicas()) == replicas
                && number(status.getReadyReplicas()) == replicas && number(status.getReplicas()) == replicas;
    }

    private static boolean observed(Deployment deployment, DeploymentStatus status) {
        Long generation = deployment.getMetadata().getGeneration();
        Long observed = status.getObservedGeneration();
        return generation == null || (observed != null && observed >= generation);
    }

    /** Why a pod does not start, when Kubernetes says so. */
    private static String trouble(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .flatMap(PodChecks::waiting)
                .findFirst()
                .map(reason -> " (" + reason + ")")
                .orElse("");
    }

    private static Stream<String> waiting(ContainerStatus status) {
        return Optional.ofNullable(status.getState())
                .map(state -> state.getWaiting())
                .map(ContainerStateWaiting::getReason)
                .stream();
    }

    /** As kubectl's READY column counts: a sidecar may be an init container that goes on running. */
    private static int containers(Pod pod) {
        long sidecars = pod.getSpec()
                .getInitContainers()
                .stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .count();
        return pod.getSpec().getContainers().size() + (int) sidecars;
    }

    private static String containers(int count) {
        return count == 1 ? "1 container" : count + " containers";
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}

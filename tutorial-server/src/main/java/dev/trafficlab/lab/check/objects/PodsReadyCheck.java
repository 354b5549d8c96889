package dev.trafficlab.lab.check.objects;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.lab.check.CheckFinding;
import dev.trafficlab.lab.check.CheckedLab;
import dev.trafficlab.lab.check.LabCondition;

/** {@code pods-ready}: so many Deployments have all their replicas ready, with at least so many containers in each pod. */
@Component
record PodsReadyCheck() implements CheckKind {

    @Override
    public String name() {
        return "pods-ready";
    }

    @Override
    public Condition read(YamlMapping fields) {
        return new Wanted(fields.number("deployments", 1, 50), fields.number("containers", 1, 10, 1));
    }

    private record Wanted(int deployments, int containers) implements LabCondition {

        @Override
        public CheckFinding look(CheckedLab lab) {
            return ready(lab, this);
        }
    }

    private static CheckFinding ready(CheckedLab lab, Wanted wanted) {
        List<Deployment> deployments = lab.deployments();
        if (deployments.size() < wanted.deployments()) {
            return CheckFinding.fails("Found " + deployments.size() + " of " + wanted.deployments() + " Deployments.");
        }
        List<Pod> pods = lab.pods();
        return deployments.stream()
                .flatMap(deployment -> complaint(deployment, pods, wanted).stream())
                .findFirst()
                .map(CheckFinding::fails)
                .orElseGet(() -> CheckFinding.holds(deployments.size() + " Deployments, each pod ready with "
                        + containers(wanted.containers()) + (wanted.containers() == 1 ? " or more." : ".")));
    }

    private static Optional<String> complaint(Deployment deployment, List<Pod> pods, Wanted wanted) {
        List<Pod> own = pods.stream().filter(pod -> selects(deployment, pod)).toList();
        String name = deployment.getMetadata().getName();
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        if (!isRolledOut(deployment, replicas)) {
            int ready = number(deployment.getStatus() == null ? null : deployment.getStatus().getReadyReplicas());
            return Optional.of(name + " has " + ready + " of " + replicas + " pods ready" + trouble(own)
                    + ", or still replaces older ones.");
        }
        return own.stream()
                .filter(pod -> containers(pod) < wanted.containers())
                .findFirst()
                .map(pod -> "The pod " + pod.getMetadata().getName() + " runs " + containers(containers(pod)) + ", not "
                        + wanted.containers() + ".");
    }

    private static boolean selects(Deployment deployment, Pod pod) {
        Map<String, String> wanted = deployment.getSpec().getSelector().getMatchLabels();
        Map<String, String> labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
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
                .flatMap(PodsReadyCheck::waiting)
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

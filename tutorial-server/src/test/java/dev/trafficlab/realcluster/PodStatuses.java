package dev.trafficlab.realcluster;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;

/** What a kubelet tells of a pod that runs, or whose image it cannot pull. */
final class PodStatuses {

    private PodStatuses() {}

    static Pod of(Pod pod, String ip, boolean runs) {
        String now = Instant.now().toString();
        String ready = runs ? "True" : "False";
        List<PodCondition> conditions = Stream.of("PodScheduled", "Initialized", "ContainersReady", "Ready")
                .map(type -> new PodConditionBuilder().withType(type)
                        .withLastTransitionTime(now)
                        .withStatus(type.endsWith("Ready") ? ready : "True")
                        .build())
                .toList();
        List<ContainerStatus> containers = pod.getSpec()
                .getContainers()
                .stream()
                .map(container -> status(container, runs, now))
                .toList();
        return new PodBuilder(pod).editOrNewStatus()
                .withPhase(runs ? "Running" : "Pending")
                .withPodIP(ip)
                .addNewPodIP(ip)
                .withHostIP("127.0.0.1")
                .withStartTime(now)
                .withConditions(conditions)
                .withContainerStatuses(containers)
                .endStatus()
                .build();
    }

    private static ContainerStatus status(Container container, boolean runs, String now) {
        var status = new ContainerStatusBuilder().withName(container.getName())
                .withImage(container.getImage())
                .withImageID(container.getImage())
                .withRestartCount(0)
                .withReady(runs)
                .withStarted(runs);
        return runs
                ? status.withNewState().withNewRunning().withStartedAt(now).endRunning().endState().build()
                : status.withNewState()
                        .withNewWaiting()
                        .withReason("ImagePullBackOff")
                        .withMessage("Back-off pulling image \"" + container.getImage() + "\"")
                        .endWaiting()
                        .endState()
                        .build();
    }
}

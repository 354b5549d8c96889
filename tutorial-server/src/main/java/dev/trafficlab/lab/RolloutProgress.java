package dev.trafficlab.lab;

import java.util.List;

/**
 * How far the pods of a lab's Deployments are.
 *
 * @param deployments one entry a Deployment, by name
 */
public record RolloutProgress(List<Progress> deployments) {

    public RolloutProgress {
        deployments = List.copyOf(deployments);
    }

    /** Whether no Deployment waits for a pod. */
    public boolean isDone() {
        return deployments.stream().allMatch(Progress::done);
    }

    /**
     * One Deployment.
     *
     * @param name its name
     * @param ready pods of its newest template that are ready
     * @param wanted pods that it wants
     * @param old pods of an older template that are still there
     * @param trouble why a pod does not come, as the cluster says; empty when nothing is wrong
     */
    public record Progress(String name, int ready, int wanted, int old, String trouble) {

        /** Whether all its pods are new and ready. */
        public boolean done() {
            return ready >= wanted && old == 0 && trouble.isEmpty();
        }
    }
}

package dev.trafficlab.lab.apply;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.cluster.ClusterConnectivity;
import dev.trafficlab.lab.RolloutProgress;
import dev.trafficlab.lab.RolloutProgress.Progress;
import dev.trafficlab.lab.Rollouts;

/**
 * Watches the Deployments of the labs that somebody looks at: one informer a lab, however many look. Once the cluster is back after it
 * was lost, every informer begins anew: by itself it would wait up to half a minute. Thread-safe.
 */
public final class ClusterRollouts implements Rollouts, AutoCloseable {

    private final KubernetesClient client;
    private final Map<String, Lookout> lookouts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public ClusterRollouts(KubernetesClient client, ClusterConnectivity pulse) {
        this.client = client;
        pulse.listen(lost -> {
            if (!lost) {
                lookouts.values().forEach(lookout -> threads.execute(lookout::restart));
            }
        });
    }

    @Override
    public Watching watch(String labId, Listener listener) {
        Lookout lookout = lookouts.compute(labId, (id, there) -> {
            Lookout manned = there == null ? new Lookout(id) : there;
            manned.listeners.add(listener);
            return manned;
        });
        threads.execute(lookout::begin);
        return () -> lookouts.computeIfPresent(labId, (id, there) -> {
            there.listeners.remove(listener);
            return there.listeners.isEmpty() ? there.end() : there;
        });
    }

    @Override
    public void close() {
        lookouts.values().forEach(Lookout::end);
        threads.shutdownNow();
    }

    private static RolloutProgress rollout(List<Deployment> deployments) {
        return new RolloutProgress(deployments.stream()
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                .map(ClusterRollouts::progress)
                .sorted(Comparator.comparing(Progress::name))
                .toList());
    }

    private static Progress progress(Deployment deployment) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        int wanted = number(deployment.getSpec().getReplicas(), 1);
        int updated = number(status.getUpdatedReplicas(), 0);
        int old = number(status.getReplicas(), 0) - updated;
        // Until the controller has seen the newest template, its figures speak of an older one.
        boolean seen = Objects.equals(deployment.getMetadata().getGeneration(), status.getObservedGeneration());
        int ready = seen ? Math.min(updated, number(status.getReadyReplicas(), 0) - Math.max(old, 0)) : 0;
        return new Progress(deployment.getMetadata().getName(), Math.max(ready, 0), wanted, Math.max(old, 0), trouble(
                status));
    }

    private static String trouble(DeploymentStatus status) {
        return status.getConditions()
                .stream()
                .filter(ClusterRollouts::isTrouble)
                .findFirst()
                .flatMap(condition -> Optional.ofNullable(condition.getMessage()))
                .orElse("");
    }

    private static boolean isTrouble(DeploymentCondition condition) {
        return condition.getType().equals("ReplicaFailure") && condition.getStatus().equals("True")
                || condition.getType().equals("Progressing") && condition.getStatus().equals("False");
    }

    private static int number(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    /** The informer of one lab and those whom it tells. */
    private final class Lookout implements ResourceEventHandler<Deployment> {

        private final String labId;
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private final Lock telling = new ReentrantLock();
        private volatile @Nullable SharedIndexInformer<Deployment> informer;
        private volatile boolean ended;

        Lookout(String labId) {
            this.labId = labId;
        }

        /** The first listener starts the informer, a later one is told what is known already. */
        synchronized void begin() {
            if (informer == null && !ended) {
                SharedIndexInformer<Deployment> fresh = client.apps()
                        .deployments()
                        .inNamespace(labId)
                        .runnableInformer(0);
                informer = fresh;
                fresh.exceptionHandler((started, failure) -> true).addEventHandler(this);
                var _ = fresh.start();
            } else {
                tell();
            }
        }

        synchronized void restart() {
            stop();
            begin();
        }

        synchronized @Nullable Lookout end() {
            ended = true;
            stop();
            return null;
        }

        private void stop() {
            SharedIndexInformer<Deployment> current = informer;
            informer = null;
            if (current != null) {
                current.stop();
            }
        }

        /** A lock of its own: who starts or ends the watch must not wait for a slow listener. */
        private void tell() {
            telling.lock();
            try {
                SharedIndexInformer<Deployment> current = informer;
                if (current != null && !ended) {
                    RolloutProgress rollout = rollout(current.getStore().list());
                    listeners.forEach(listener -> listener.see(rollout));
                }
            } finally {
                telling.unlock();
            }
        }

        @Override
        public void onAdd(Deployment deployment) {
            tell();
        }

        @Override
        public void onUpdate(Deployment before, Deployment after) {
            tell();
        }

        @Override
        public void onDelete(Deployment deployment, boolean unknown) {
            tell();
        }
    }
}

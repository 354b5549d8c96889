package dev.trafficlab.realcluster;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * A node without containers: it takes every pod, runs the demo apps of its images in this process, and tells the API server what a
 * kubelet would. The API server reaches the apps through its {@link PodTunnel}, and the real controllers make the endpoints.
 */
public final class LoopbackKubelet implements AutoCloseable {

    private static final String NODE = "loopback";
    private static final int RETRY_MILLIS = 200;

    private final KubernetesClient client;
    private final PodTunnel tunnel;
    private final PodApps apps;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, RunningPod> running = new ConcurrentHashMap<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private final SharedIndexInformer<Pod> pods;

    private LoopbackKubelet(RealApiServer server) {
        this.client = server.client();
        this.tunnel = server.tunnel();
        this.apps = new PodApps(client, tunnel);
        client.resource(new NodeBuilder().withNewMetadata().withName(NODE).endMetadata().build()).serverSideApply();
        this.pods = client.pods().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                look(pod);
            }

            @Override
            public void onUpdate(Pod before, Pod pod) {
                look(pod);
            }

            @Override
            public void onDelete(Pod pod, boolean stateUnknown) {
                worker.execute(() -> stop(uid(pod)));
            }
        });
    }

    /** Joins the cluster. */
    public static LoopbackKubelet start(RealApiServer server) {
        return new LoopbackKubelet(server);
    }

    private void look(Pod seen) {
        worker.execute(() -> settle(seen));
    }

    /** Level-triggered: whatever was missed or has failed is made up for by looking again. */
    private void settle(Pod seen) {
        try {
            Optional.ofNullable(client.resource(seen).get())
                    .filter(pod -> uid(pod).equals(uid(seen)))
                    .ifPresent(this::act);
        } catch (KubernetesClientException unreachable) {
            var _ = worker.schedule(() -> settle(seen), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void act(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            stop(uid(pod));
            client.resource(pod).withGracePeriod(0).delete();
        } else if (pod.getSpec().getNodeName() == null) {
            bind(pod);
        } else if (!running.containsKey(uid(pod))) {
            run(pod);
        }
    }

    private void bind(Pod pod) {
        var binding = new BindingBuilder().withNewMetadata()
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withNewTarget()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(NODE)
                .endTarget()
                .build();
        client.bindings().inNamespace(pod.getMetadata().getNamespace()).resource(binding).create();
    }

    private void run(Pod pod) {
        int number = addresses.incrementAndGet();
        String ip = "10.244." + number / 250 + "." + (1 + number % 250);
        Optional<RunningPod> started = apps.start(pod, ip);
        started.ifPresent(app -> running.put(uid(pod), app));
        client.resource(pod).editStatus(current -> PodStatuses.of(current, ip, started.isPresent()));
    }

    private void stop(String uid) {
        Optional.ofNullable(running.remove(uid)).ifPresent(RunningPod::close);
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    /** Leaves: the apps stop. Pods and node stay in the API server as they were last seen. */
    @Override
    public void close() {
        pods.close();
        worker.shutdownNow();
        running.values().forEach(RunningPod::close);
        client.close();
    }
}

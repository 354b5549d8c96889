package dev.trafficlab.lab.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn of whoever holds a Lease in the server's own namespace. A leader that loses the Lease, because the cluster was away for a while, stands for election
 * again. Thread-safe.
 */
public final class LeaseLeaderElection implements LeaderElection, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLeaderElection.class);
    private static final String LEASE = "traffic-lab-sweeper";

    private final KubernetesClient client;
    private final String namespace;
    private final String identity;
    private final Pace pace;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ours;
    private volatile boolean closed;
    private volatile CompletableFuture<?> election = CompletableFuture.completedFuture(null);

    public LeaseLeaderElection(KubernetesClient client, String namespace, String identity, Pace pace) {
        this.client = client;
        this.namespace = namespace;
        this.identity = identity;
        this.pace = pace;
    }

    /** How long a Lease holds, and how often its holder and the others look at it. */
    public record Pace(Duration lease, Duration renewal, Duration retry) {
        public static final Pace CALM = new Pace(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    @Override
    public boolean isOurs() {
        return ours;
    }

    /** Stands for election until closed. */
    public void run() {
        if (closed) {
            return;
        }
        CompletableFuture<?> standing = new LeaderElector(client, config(), threads).start();
        election = standing;
        var _ = standing.whenComplete((result, failure) -> {
            become(false);
            CompletableFuture.delayedExecutor(pace.retry().toMillis(), TimeUnit.MILLISECONDS).execute(this::run);
        });
    }

    @Override
    public void close() {
        closed = true;
        election.cancel(true);
        threads.close();
    }

    private LeaderElectionConfig config() {
        return new LeaderElectionConfigBuilder().withName(LEASE)
                .withLock(new LeaseLock(namespace, LEASE, identity))
                .withLeaseDuration(pace.lease())
                .withRenewDeadline(pace.renewal())
                .withRetryPeriod(pace.retry())
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> become(true), () -> become(false), leader -> {}))
                .build();
    }

    private void become(boolean nowOurs) {
        if (ours != nowOurs) {
            ours = nowOurs;
            LOG.atInfo()
                    .addKeyValue("name", LEASE)
                    .addKeyValue("status", nowOurs ? "taken" : "given up")
                    .log("turn to tidy up");
        }
    }
}

package dev.trafficlab.lab;

import java.time.Duration;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.lifecycle.LeaseLeaderElection;
import dev.trafficlab.realcluster.RealApiServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Who tidies up among replicas, settled by a Lease on a real API server. */
class ElectedTurnClusterTests {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final LeaseLeaderElection.Pace BRISK = new LeaseLeaderElection.Pace(Duration.ofSeconds(3), Duration
            .ofSeconds(2),
            Duration.ofMillis(300));

    private final RealApiServer server = RealApiServer.shared();

    @Test
    void whoeverIsElectedHoldsTheTurnUntilItLeavesAndThenAnotherTakesOver() {
        try (KubernetesClient client = server.client();
                LeaseLeaderElection first = new LeaseLeaderElection(client, "kube-public", "first", BRISK);
                LeaseLeaderElection second = new LeaseLeaderElection(client, "kube-public", "second", BRISK)) {
            first.run();
            await().atMost(LONG).until(first::isOurs);
            second.run();
            await().during(Duration.ofSeconds(4)).atMost(LONG).until(() -> first.isOurs() && !second.isOurs());

            first.close();

            await().atMost(LONG).until(second::isOurs);
            assertThat(first.isOurs()).isFalse();
        }
    }
}

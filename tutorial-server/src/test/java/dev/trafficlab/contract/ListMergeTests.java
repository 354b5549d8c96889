package dev.trafficlab.contract;

import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.cluster.EmbeddedClient;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded cluster merges lists into the order that {@link ListMergeClusterTests} finds on a real API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListMergeTests {

    private final EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());
    private final KubernetesClient client = EmbeddedClient.of(cluster.api());
    private int number;

    static Stream<ListMerge> merges() {
        return ListMerge.all();
    }

    @BeforeAll
    void waitForTheNamespace() {
        assertThat(client.namespaces().withName("default").get()).isNotNull();
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource("merges")
    void mergesAsStructuredMergeDiffDoes(ListMerge merge) {
        assertThat(merge.run(client, "default", "merge-" + number++)).isEqualTo(merge.order());
    }
}

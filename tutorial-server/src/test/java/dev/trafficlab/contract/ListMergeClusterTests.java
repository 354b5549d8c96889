package dev.trafficlab.contract;

import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.realcluster.RealApiServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A real API server merges lists into the order that {@link ListMergeTests} wants of ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListMergeClusterTests {

    private final KubernetesClient client = RealApiServer.shared().client();
    private int number;

    static Stream<ListMerge> merges() {
        return ListMerge.all();
    }

    @AfterAll
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("merges")
    void mergesAsWritten(ListMerge merge) {
        assertThat(merge.run(client, "default", "merge-" + number++)).isEqualTo(merge.order());
    }
}

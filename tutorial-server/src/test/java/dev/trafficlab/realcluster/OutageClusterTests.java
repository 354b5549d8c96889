package dev.trafficlab.realcluster;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.walk.ApiClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The API server goes away in the middle of a walk, and comes back. */
class OutageClusterTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** What the product promises after the API server's return. */
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private static RealApiServer server;
    private static LoopbackKubelet kubelet;
    private static Replica replica;

    private Student student;

    @BeforeAll
    static void start() {
        server = RealApiServer.start();
        kubelet = LoopbackKubelet.start(server);
        replica = Replica.start(server.kubeconfig(), "--tutorial.kubeconfig.learners=many");
    }

    @AfterAll
    static void stop() {
        replica.close();
        kubelet.close();
        server.close();
    }

    @BeforeEach
    void arrive() {
        student = Student.arriveAt(replica);
    }

    @AfterEach
    void leave() {
        student.close();
    }

    @Test
    void aWalkGoesOnWhereItWas() {
        student.applyAndPass("services");
        Map<String, Long> before = generations();

        server.stopApiServer();
        var lost = student.tryToApply("gateway");
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.text()).contains("The cluster does not answer", "Nothing was changed");
        assertThat(page().status()).isEqualTo(503);
        assertThat(page().text()).contains("The cluster does not answer");
        assertThat(page().header("refresh")).isEqualTo("2");
        server.startApiServer();

        await().atMost(RECOVERY).untilAsserted(() -> assertThat(page().status()).isEqualTo(200));
        assertThat(student.stepsThatAre("checked")).containsExactly("services");
        assertThat(student.apply("gateway").findValuesAsString("result")).containsExactly("created");
        assertThat(student.apply("services").findValuesAsString("result")).containsOnly("unchanged");
        assertThat(generations()).isEqualTo(before);
    }

    @Test
    void anOpenPageTellsOfTheLossAndRecoversByItself() {
        student.applyAndPass("services");
        try (LiveWatcher page = new LiveWatcher(replica, student)) {
            await().atMost(LONG).untilAsserted(() -> assertThat(page.newest("picture")).isNotEmpty());

            server.stopApiServer();
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(page.newest("cluster")).contains("The cluster does not answer"));
            server.startApiServer();

            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(page.newest("cluster")).isEqualTo(
                            "<div id=\"cluster\" role=\"status\"></div>"));
        }
    }

    @Test
    void watchesResumeWithoutARestart() {
        student.applyAndPass("services");
        try (LiveWatcher page = new LiveWatcher(replica, student)) {
            await().atMost(LONG).untilAsserted(() -> assertThat(page.newest("rollout")).isNotEmpty());
            server.stopApiServer();
            await().atMost(LONG).untilAsserted(() -> assertThat(page.newest("cluster")).contains("notice"));
            server.startApiServer();
            await().atMost(RECOVERY).untilAsserted(() -> assertThat(page.newest("cluster")).doesNotContain("notice"));

            try (KubernetesClient client = server.client()) {
                client.apps().deployments().inNamespace(student.id()).withName("colors-v1").edit(current -> {
                    current.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage("nobody/knows:1");
                    return current;
                });
            }

            await().atMost(RECOVERY).untilAsserted(() -> assertThat(page.newest("rollout")).contains("colors-v1"));
        }
    }

    private Answer page() {
        return student.page(replica, "services");
    }

    /** Grows with every change of an object's spec, so an apply that came twice with another result would show. */
    private Map<String, Long> generations() {
        Map<String, Long> generations = new TreeMap<>();
        try (KubernetesClient client = server.client()) {
            client.apps()
                    .deployments()
                    .inNamespace(student.id())
                    .list()
                    .getItems()
                    .forEach(deployment -> generations
                            .put(deployment.getMetadata().getName(), deployment.getMetadata().getGeneration()));
        }
        return generations;
    }
}

package dev.trafficlab.realcluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One learner who has a real cluster to herself. */
class CourseWalkClusterTests {

    private static final String NAMESPACE = "traffic-lab";

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();
    private static LoopbackKubelet kubelet;
    private static StandInGateway gateway;
    private static StandInInjector injector;
    private static Replica replica;

    @BeforeAll
    static void start() {
        kubelet = LoopbackKubelet.start(SERVER);
        gateway = new StandInGateway(SERVER, Ports.free());
        injector = new StandInInjector(SERVER);
        replica = Replica.start(SERVER.kubeconfig(), "--tutorial.kubeconfig.gateway-url=" + gateway.address());
    }

    @AfterAll
    static void stop() {
        replica.close();
        injector.close();
        gateway.close();
        kubelet.close();
        CLIENT.close();
    }

    @AfterEach
    void clear() {
        CLIENT.namespaces().withName(NAMESPACE).delete();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> CLIENT.namespaces()
                        .withName(NAMESPACE)
                        .get() == null);
    }

    @Test
    void sheWalksTheSixStepsAndStartsOver() {
        try (Student student = Student.arriveAt(replica)) {
            assertThat(student.id()).isEqualTo(NAMESPACE);

            student.applyAndPass("services");
            student.deleteLogs();
            assertThat(student.traffic(300, "/", 3, "inside").get("byVersion").toString()).contains("v1", "v2", "v3");
            assertThat(student.percentages().values()).allSatisfy(share -> assertThat(share).isCloseTo(33.3, Offset
                    .offset(12.0)));

            assertThat(student.apply("inject").findValuesAsString("result")).contains("restarted");
            student.pass("inject");
            assertThat(student.gateway("/colors").status()).isEqualTo(502);

            student.applyAndPass("gateway");
            assertThat(student.gateway("/").status()).isEqualTo(404);
            assertThat(student.trace("/colors").get("stages").toString()).contains("no route for this host and path");

            student.apply("virtual-service");
            student.awaitRoute();
            student.deleteLogs();
            student.traffic(200, "/colors", 3, "outside");
            student.pass("virtual-service");
            assertThat(student.gateway("/").text()).contains("Color Ranks");
            assertThat(student.gateway("/colors").header("content-security-policy")).startsWith("sandbox");

            student.apply("destination-rules");
            gateway.awaitNews();
            student.deleteLogs();
            student.traffic(1000, "/colors", 10, "outside");
            Map<String, Double> shares = student.percentages();
            assertThat(shares.get("v1")).isCloseTo(10, Offset.offset(5.0));
            assertThat(shares.get("v3")).isCloseTo(60, Offset.offset(6.0));
            student.pass("destination-rules");

            student.applyAndPass("sticky");
            assertThat(student.traffic(50, "/colors", 1, "outside").get("byVersion").size()).isOne();
            assertThat(student.traffic(100, "/colors", 100, "outside").get("byVersion").size()).isGreaterThan(1);
            assertThat(student.stepsThatAre("checked")).hasSize(6);

            student.reset();
            assertThat(student.stepsThatAre("applied")).isEmpty();
            assertThat(CLIENT.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
            assertThat(CLIENT.services().inNamespace(NAMESPACE).list().getItems()).isEmpty();
            assertThat(CLIENT.namespaces().withName(NAMESPACE).get().getMetadata().getLabels()).doesNotContainKey(
                    "istio-injection");
        }
    }

    @Test
    void aTraceTellsWhatCanBeKnownAndNothingElse() {
        try (Student student = Student.arriveAt(replica)) {
            List.of("services", "gateway", "virtual-service").forEach(student::apply);
            student.awaitRoute();

            var trace = student.trace("/colors");

            assertThat(trace.get("answer").get("pod").asString()).startsWith("colors-v");
            assertThat(trace.get("stages").findValuesAsString("name")).containsExactly("listener", "route", "answer");
            assertThat(trace.get("stages").toString()).contains("the configured address", "says that it answered");
        }
    }

    @Test
    void resetLeavesAloneWhatIsNotTheLabs() {
        CLIENT.resource(new NamespaceBuilder().withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("team", "blue")
                .addToAnnotations("note", "ours")
                .endMetadata()
                .build()).create();
        try (Student student = Student.arriveAt(replica)) {
            CLIENT.resource(new ConfigMapBuilder().withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName("theirs")
                    .endMetadata()
                    .build()).create();
            student.apply("services");
            student.apply("inject");

            student.reset();

            assertThat(CLIENT.configMaps().inNamespace(NAMESPACE).withName("theirs").get()).isNotNull();
            assertThat(CLIENT.apps().deployments().inNamespace(NAMESPACE).list().getItems()).isEmpty();
            var namespace = CLIENT.namespaces().withName(NAMESPACE).get().getMetadata();
            assertThat(namespace.getLabels()).containsEntry("team", "blue").doesNotContainKey("istio-injection");
            assertThat(namespace.getAnnotations()).containsEntry("note", "ours");
        }
    }

    @Test
    void whoeverStartsLastHoldsTheSecretAndFindsTheProgress() {
        try (Student first = Student.arriveAt(replica)) {
            first.apply("services");
            try (Student again = Student.arriveAt(replica)) {
                assertThat(again.stepsThatAre("applied")).containsExactly("services");
                assertThat(first.tryToApply("services").status()).isIn(401, 403);
            }
        }
    }

    @Test
    void aNamespaceThatSomebodyElseManagesIsNotTaken() {
        CLIENT.resource(new NamespaceBuilder().withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("app.kubernetes.io/managed-by", "Helm")
                .endMetadata()
                .build()).create();
        try (var stranger = replica.stranger()) {
            var refused = stranger.post("/api/v1/labs");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text()).contains("managed by Helm", "tutorial.kubeconfig.namespace");
        }
    }

    @Test
    void kubectlWorksWithOnesOwnKubeconfig() {
        try (Student student = Student.arriveAt(replica)) {
            var none = student.api().get(student.path() + "/kubeconfig");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.text()).contains("kubectl -n traffic-lab");
        }
    }
}

package dev.trafficlab.realcluster;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.LabSweeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two replicas of the tutorial server on one API server, with the rights that their deployment gives them. */
class ReplicasClusterTests {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String[] SETTINGS = {"--tutorial.kubeconfig.learners=many",
        "--tutorial.session-key=thirty-two letters are the least of a key"};

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();
    private static LoopbackKubelet kubelet;
    private static Replica one;
    private static Replica two;

    @BeforeAll
    static void start() {
        kubelet = LoopbackKubelet.start(SERVER);
        one = Replica.start(DeploymentAccount.kubeconfig(SERVER), SETTINGS);
        two = Replica.start(DeploymentAccount.kubeconfig(SERVER), SETTINGS);
    }

    @AfterAll
    static void stop() {
        CLIENT.namespaces().withLabel("app.kubernetes.io/managed-by", "traffic-lab").delete();
        two.close();
        one.close();
        kubelet.close();
        CLIENT.close();
    }

    @Test
    void aLearnerMovesInTheMiddleOfAStepAndNoticesNothing() {
        try (Student here = Student.arriveAt(one); Student there = here.at(two)) {
            here.apply("services");
            there.pass("services");
            assertThat(here.stepsThatAre("checked")).containsExactly("services");
            assertThat(there.apply("gateway").findValuesAsString("result")).containsExactly("created");
            assertThat(here.apply("gateway").findValuesAsString("result")).containsExactly("unchanged");
            assertThat(here.traffic(20, "/", 1, "inside").get("sent").asInt()).isEqualTo(20);
            there.deleteLogs();
            assertThat(here.percentages().values()).allMatch(share -> share == 0);
            assertThat(there.page(two, "gateway").text()).contains("The Gateway my-gateway exists");
        }
    }

    @Test
    void aLabJustMadeIsOpenAtTheOtherReplicaAtOnce() {
        try (Student here = Student.arriveAt(one); Student there = here.at(two)) {
            assertThat(there.api().get(there.path()).status()).isEqualTo(200);
            assertThat(there.gateway("/").status()).isEqualTo(502);
        }
    }

    @Test
    void aResetAtOneReplicaIsSeenAtTheOther() {
        try (Student here = Student.arriveAt(one); Student there = here.at(two)) {
            here.apply("gateway");
            there.reset();
            assertThat(here.stepsThatAre("applied")).isEmpty();
        }
    }

    @Test
    void anInstructorSignedInAtOneReplicaSeesAndResetsEveryLabAtTheOther() {
        try (Student here = Student.arriveAt(one);
                Student there = Student.arriveAt(two);
                InstructorBrowser instructor = new InstructorBrowser()) {
            here.apply("services");
            assertThat(instructor.get(two, "/instructor")).contains("name=\"password\"");

            instructor.signIn(one);

            assertThat(instructor.get(two, "/instructor")).contains(here.id(), there.id());
            instructor.post(two, "/instructor", "/instructor/labs/" + here.id() + "/reset");
            assertThat(here.stepsThatAre("applied")).isEmpty();
            assertThat(instructor.get(one, "/instructor")).contains(here.id(), there.id());
        }
    }

    @Test
    void oneReplicaAloneTidiesUp() {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(Stream.of(one, two).filter(ReplicasClusterTests::isElected))
                        .hasSize(1));
        try (Replica third = Replica.start(DeploymentAccount.kubeconfig(SERVER), SETTINGS)) {
            assertThat(isElected(third)).isFalse();
        }
        String holder = CLIENT.leases()
                .inNamespace(DeploymentAccount.NAMESPACE)
                .withName("traffic-lab-sweeper")
                .get()
                .getSpec()
                .getHolderIdentity();
        assertThat(holder).isNotBlank();
    }

    @Test
    void anIdleLabGoesAndOthersStay() {
        try (Student idle = Student.arriveAt(one); Student busy = Student.arriveAt(one)) {
            String longAgo = Instant.now().minus(Duration.ofDays(3)).toString();
            CLIENT.namespaces()
                    .withName(idle.id())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(idle.id())
                            .addToAnnotations("trafficlab.dev/seen", longAgo)
                            .endMetadata()
                            .build());
            await().atMost(LONG).until(() -> Stream.of(one, two).anyMatch(ReplicasClusterTests::isElected));

            Stream.of(one, two).forEach(replica -> LabSweeping.sweep(replica.context()));

            await().atMost(LONG).until(() -> CLIENT.namespaces().withName(idle.id()).get() == null);
            assertThat(busy.api().get(busy.path()).status()).isEqualTo(200);
            assertThat(idle.api().get(idle.path()).status()).isIn(401, 403, 404);
        }
    }

    private static boolean isElected(Replica replica) {
        return LabSweeping.isElected(replica.context());
    }
}

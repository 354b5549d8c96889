package dev.trafficlab.realcluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.walk.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Several learners on one real cluster, the server with the rights that its deployment gives it. */
class SharedClusterTests {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final List<String> UP_TO_WEIGHTS = List.of("services", "gateway", "virtual-service",
            "destination-rules");

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();
    private static LoopbackKubelet kubelet;
    private static StandInGateway gateway;
    private static Replica replica;

    @BeforeAll
    static void start() {
        kubelet = LoopbackKubelet.start(SERVER);
        gateway = new StandInGateway(SERVER, Ports.free());
        replica = Replica.start(DeploymentAccount.kubeconfig(SERVER), "--tutorial.kubeconfig.learners=many",
                "--tutorial.kubeconfig.gateway-url=" + gateway.address());
    }

    @AfterAll
    static void stop() {
        CLIENT.namespaces().withLabel("app.kubernetes.io/managed-by", "traffic-lab").delete();
        replica.close();
        gateway.close();
        kubelet.close();
        CLIENT.close();
    }

    @Test
    void twoLearnersWorkSideBySide() {
        try (Student ann = Student.arriveAt(replica); Student bob = Student.arriveAt(replica)) {
            UP_TO_WEIGHTS.forEach(ann::apply);
            UP_TO_WEIGHTS.forEach(bob::apply);
            assertThat(bob.api()
                    .putYaml(bob.path() + "/manifests",
                            """
                            apiVersion: networking.istio.io/v1
                            kind: VirtualService
                            metadata: {name: colors}
                            spec:
                              hosts: ["*"]
                              gateways: [my-gateway]
                              http:
                              - match: [{uri: {exact: /colors}}]
                                rewrite: {uri: /}
                                route: [{destination: {host: colors, subset: v2}}]
                            """)
                    .status()).isEqualTo(200);
            ann.pass("services");
            bob.pass("services");
            ann.awaitRoute();
            bob.awaitRoute();
            ann.deleteLogs();
            bob.deleteLogs();

            ann.traffic(500, "/colors", 5, "outside");
            bob.traffic(50, "/colors", 5, "outside");

            assertThat(ann.percentages().get("v3")).isCloseTo(60, Offset.offset(8.0));
            assertThat(bob.percentages()).containsEntry("v2", 100.0);
            assertThat(ann.gateway("/").text()).contains("Color Ranks");
        }
    }

    @Test
    void aLabsTrafficIsToldApartByItsHost() {
        try (Student student = Student.arriveAt(replica)) {
            UP_TO_WEIGHTS.forEach(student::apply);

            var listens = CLIENT.resources(Gateway.class).inNamespace(student.id()).withName("my-gateway").get();
            assertThat(listens.getSpec().getServers().getFirst().getHosts()).containsExactly("./" + student.id()
                    + ".traffic-lab.internal");
            assertThat(CLIENT.resources(VirtualService.class)
                    .inNamespace(student.id())
                    .withName("colors")
                    .get()
                    .getSpec()
                    .getExportTo()).containsExactly(".", "istio-system");
            assertThat(CLIENT.resources(DestinationRule.class)
                    .inNamespace(student.id())
                    .withName("colors")
                    .get()
                    .getSpec()
                    .getExportTo()).containsExactly(".", "istio-system");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: greedy}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [lab-aaaaaaaaaa.traffic-lab.internal]}]
        """, """
             apiVersion: v1
             kind: Pod
             metadata: {name: nosy}
             spec: {containers: [{name: nosy, image: x}], volumes: [{name: root, hostPath: {path: /}}]}
             """, """
                  apiVersion: v1
                  kind: Pod
                  metadata: {name: mighty}
                  spec: {containers: [{name: mighty, image: x, securityContext: {privileged: true}}]}
                  """, """
                       apiVersion: v1
                       kind: Service
                       metadata: {name: elsewhere}
                       spec: {type: ExternalName, externalName: example.org}
                       """, """
                            apiVersion: v1
                            kind: ConfigMap
                            metadata: {name: far, namespace: kube-system}
                            """})
    void whatReachesOutOfALabIsRefused(String manifest) {
        try (Student student = Student.arriveAt(replica)) {
            var refused = student.api().putYaml(student.path() + "/manifests", manifest);
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.json().get("problems").isEmpty()).isFalse();
        }
    }

    @Test
    void aLabHasBoundsThatAResetLeaves() {
        try (Student student = Student.arriveAt(replica)) {
            student.apply("services");
            student.reset();

            assertThat(CLIENT.resourceQuotas().inNamespace(student.id()).withName("lab").get().getSpec().getHard())
                    .containsKeys("pods", "requests.memory");
            assertThat(CLIENT.limitRanges().inNamespace(student.id()).withName("lab").get()).isNotNull();
            assertThat(CLIENT.services().inNamespace(student.id()).list().getItems()).isEmpty();
        }
    }

    /** The API server hears of a new quota a moment later, so each try asks for a Service that is not there yet. */
    @Test
    void theClusterItselfEnforcesTheBounds() {
        AtomicInteger tries = new AtomicInteger();
        try (Student student = Student.arriveAt(replica)) {
            await().atMost(LONG).untilAsserted(() -> {
                var refused = student.api()
                        .putYaml(student.path() + "/manifests",
                                """
                                apiVersion: v1
                                kind: Service
                                metadata: {name: wide-%d}
                                spec: {type: NodePort, ports: [{port: 80}]}
                                """.formatted(tries.incrementAndGet()));
                assertThat(refused.status()).isEqualTo(422);
                assertThat(refused.text()).contains("exceeded quota");
            });
        }
    }

    @Test
    void theInstructorResetsOneLabAndNoOther() {
        try (Student ann = Student.arriveAt(replica);
                Student bob = Student.arriveAt(replica);
                ApiClient instructor = replica.instructor()) {
            ann.apply("gateway");
            bob.apply("gateway");
            assertThat(instructor.get("/api/v1/instructor/labs").text()).contains(ann.id(), bob.id());

            assertThat(instructor.post("/api/v1/instructor/labs/" + ann.id() + "/reset").status()).isEqualTo(200);

            assertThat(ann.stepsThatAre("applied")).isEmpty();
            assertThat(CLIENT.resources(Gateway.class).inNamespace(ann.id()).list().getItems()).isEmpty();
            assertThat(bob.stepsThatAre("applied")).containsExactly("gateway");
            assertThat(CLIENT.resources(Gateway.class).inNamespace(bob.id()).list().getItems()).hasSize(1);
        }
    }

    @Test
    void aLabOpensToItsOwnLearnerAlone() {
        try (Student ann = Student.arriveAt(replica); Student bob = Student.arriveAt(replica)) {
            assertThat(bob.api().get(ann.path()).status()).isIn(401, 403);
            assertThat(bob.api().post(ann.path() + "/reset").status()).isIn(401, 403);
        }
    }
}

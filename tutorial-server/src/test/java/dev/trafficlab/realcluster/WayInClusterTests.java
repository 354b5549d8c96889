package dev.trafficlab.realcluster;

import java.util.Map;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How the ingress gateway is found where no address is configured. */
class WayInClusterTests {

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();
    private static LoopbackKubelet kubelet;

    @BeforeAll
    static void start() {
        kubelet = LoopbackKubelet.start(SERVER);
        CLIENT.resource(new NamespaceBuilder().withNewMetadata().withName("istio-system").endMetadata().build())
                .serverSideApply();
        Node node = new NodeBuilder().withNewMetadata().withName("doorstep").endMetadata().build();
        CLIENT.resource(node).serverSideApply();
        CLIENT.nodes().withName("doorstep").editStatus(current -> {
            current.setStatus(new NodeStatusBuilder().withAddresses(new NodeAddress("127.0.0.1", "InternalIP"))
                    .build());
            return current;
        });
    }

    @AfterAll
    static void stop() {
        CLIENT.nodes().withName("doorstep").delete();
        kubelet.close();
        CLIENT.close();
    }

    @AfterEach
    void closeTheDoor() {
        CLIENT.services().inNamespace("istio-system").withName("istio-ingressgateway").delete();
    }

    @Test
    void aNodesPortLeadsToTheApps() {
        int nodePort = service();
        try (StandInGateway gateway = new StandInGateway(SERVER, nodePort);
                Replica replica = Replica.start(SERVER.kubeconfig(), "--tutorial.kubeconfig.learners=many");
                Student student = Student.arriveAt(replica)) {
            student.apply("services");
            student.apply("gateway");
            student.apply("virtual-service");
            student.pass("services");
            student.awaitRoute();

            assertThat(student.trace("/colors").get("stages").get(0).toString()).contains("a node's port", ":"
                    + nodePort);
            assertThat(student.gateway("/").text()).contains("Color Ranks");
        } finally {
            CLIENT.namespaces().withLabel("app.kubernetes.io/managed-by", "traffic-lab").delete();
        }
    }

    @Test
    void withoutAnyWayThePageSaysWhatToRun() {
        try (Replica replica = Replica.start(SERVER.kubeconfig(), "--tutorial.kubeconfig.learners=many");
                Student student = Student.arriveAt(replica)) {
            var answer = student.gateway("/");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("No way to an ingress gateway", "/preflight");
            CLIENT.namespaces().withName(student.id()).delete();
        }
    }

    private static int service() {
        return CLIENT.resource(new ServiceBuilder().withNewMetadata()
                .withNamespace("istio-system")
                .withName("istio-ingressgateway")
                .endMetadata()
                .withNewSpec()
                .withType("NodePort")
                .withSelector(Map.of("istio", "ingressgateway"))
                .addNewPort()
                .withName("http2")
                .withPort(80)
                .endPort()
                .endSpec()
                .build()).create().getSpec().getPorts().getFirst().getNodePort();
    }
}

package dev.trafficlab.realcluster;

import java.time.Duration;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

import dev.trafficlab.walk.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A cluster whose Istio is older than the course's manifests. */
class OldIstioClusterTests {

    @Test
    void theCourseIsSentInTheVersionThatIsServed() {
        try (RealApiServer server = RealApiServer.start(); KubernetesClient client = server.client()) {
            serveNoV1(client);
            try (Replica replica = Replica.start(server.kubeconfig());
                    Student student = Student.arriveAt(replica);
                    ApiClient visitor = replica.stranger()) {
                assertThat(visitor.get("/preflight").text()).contains("sent as v1beta1", "istioctl upgrade");

                student.apply("gateway");
                student.apply("virtual-service");
                student.apply("destination-rules");

                assertThat(student.stepsThatAre("applied")).containsExactly("gateway", "virtual-service",
                        "destination-rules");
                assertThat(client.resources(io.fabric8.istio.api.networking.v1beta1.VirtualService.class)
                        .inNamespace(student.id())
                        .withName("colors")
                        .get()).isNotNull();
                var checks = student.api().post(student.path() + "/steps/destination-rules/check").text();
                assertThat(checks).contains("DestinationRule colors defines v1, v2 and v3.",
                        "gives v1 10 %, v2 30 % and v3 60 %");
                student.reset();
                assertThat(client.resources(io.fabric8.istio.api.networking.v1beta1.VirtualService.class)
                        .inNamespace(student.id())
                        .list()
                        .getItems()).isEmpty();
            }
        }
    }

    private static void serveNoV1(KubernetesClient client) {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .list()
                .getItems()
                .stream()
                .filter(definition -> definition.getSpec().getGroup().equals("networking.istio.io")
                        && definition.getSpec()
                                .getVersions()
                                .stream()
                                .anyMatch(version -> version.getName()
                                        .equals("v1beta1")))
                .forEach(definition -> client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(definition
                                .getMetadata()
                                .getName())
                        .edit(current -> {
                            current.getSpec()
                                    .getVersions()
                                    .stream()
                                    .filter(version -> version.getName().equals("v1"))
                                    .forEach(version -> version.setServed(false));
                            return current;
                        }));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.getApiGroup("networking.istio.io")
                        .getVersions()
                        .stream()
                        .noneMatch(version -> version.getVersion().equals("v1"))
                        || client.getApiResources("networking.istio.io/v1")
                                .getResources()
                                .stream()
                                .noneMatch(resource -> resource.getKind().equals("VirtualService")));
    }
}

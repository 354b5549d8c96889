package dev.trafficlab.embedded.controller;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.controller.network.ServiceController;
import dev.trafficlab.embedded.controller.pod.NodeObject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The course's own manifests, as the controllers bring them to life. */
class CourseObjectsTests {

    private static final String LAB = "lab-course";
    private static final List<String> DEPLOYMENTS = List.of("colors-v1", "colors-v2", "colors-v3", "logger-backend",
            "logger-frontend");

    private final ControlPlane cluster = ControlPlane.start();

    @BeforeEach
    void applyTheFirstStep() {
        cluster.namespace(LAB);
        cluster.createFile(LAB, "services.yaml");
        cluster.createFile(LAB, "deployments.yaml");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void fiveDeploymentsBecomeFiveReadyPodsOfOneContainer() {
        List<Resource> pods = cluster.awaitReadyPods(LAB, 5);

        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.status().path("containerStatuses")).hasSize(1);
            assertThat(Pods.phase(pod)).isEqualTo("Running");
            assertThat(pod.status().path("hostIP").asText()).isEqualTo(NodeObject.IP);
        });
        assertThat(pods).extracting(Pods::ip).doesNotHaveDuplicates().allMatch(ip -> ip.startsWith("10."));
        DEPLOYMENTS.forEach(name -> cluster.awaitRolledOut(LAB, name));
        assertThat(cluster.call(pods.getFirst(), "GET", "").text()).contains("crimson");
    }

    @Test
    void servicesGetAddressesAndTheirEndpointsFollowThePods() {
        cluster.awaitReadyPods(LAB, 5);

        await().untilAsserted(() -> {
            for (Map.Entry<String, Integer> service : Map.of("colors", 3, "logger-backend", 1, "logger-frontend", 1)
                    .entrySet()) {
                assertThat(ServiceController.address(cluster.get(Kind.SERVICE, LAB, service.getKey()))).startsWith(
                        "10.");
                Resource endpoints = cluster.get(Kind.ENDPOINTS, LAB, service.getKey());
                assertThat(endpoints.json().at("/subsets/0/addresses")).hasSize(service.getValue());
                assertThat(endpoints.json().at("/subsets/0/ports/0/port").asInt()).isEqualTo(3000);
            }
        });
        assertThat(cluster.state.list(Kind.ENDPOINT_SLICE, LAB)).hasSize(3)
                .allSatisfy(slice -> assertThat(slice.json().at("/endpoints/0/conditions/ready").asBoolean()).isTrue());
    }

    @Test
    void afterTheLabelAndARestartEveryPodHasItsSidecar() {
        cluster.awaitReadyPods(LAB, 5);
        cluster.edit(Kind.NAMESPACE, "", LAB, namespace -> namespace.withObject("/metadata/labels")
                .put("istio-injection", "enabled"));
        assertThat(cluster.pods(LAB)).allSatisfy(pod -> assertThat(pod.spec().path("containers")).hasSize(1));

        DEPLOYMENTS.forEach(name -> cluster.edit(Kind.DEPLOYMENT, LAB, name, object -> ControlPlane.restart(object,
                "2026-01-01T00:00:00Z")));

        DEPLOYMENTS.forEach(name -> cluster.awaitRolledOut(LAB, name));
        assertThat(cluster.awaitReadyPods(LAB, 5)).allSatisfy(pod -> {
            assertThat(pod.status().path("containerStatuses")).hasSize(2)
                    .allSatisfy(status -> assertThat(status.path("ready").asBoolean()).isTrue());
            assertThat(pod.status().at("/containerStatuses/1/name").asText()).isEqualTo("istio-proxy");
            assertThat(pod.status().at("/initContainerStatuses/0/state/terminated/reason").asText()).isEqualTo(
                    "Completed");
        });
        await().untilAsserted(() -> assertThat(cluster.events(LAB, "Started")).contains(
                "Started container istio-proxy"));
    }
}

package dev.trafficlab.embedded.controller;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.embedded.controller.pod.NodeObject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an earlier process left, as the next one finds it. */
class RestartTests {

    private static final String NS = "lab-again";

    @TempDir
    private Path folder;

    @Test
    void podsComeBackUnderTheirNamesAndAddressesWithOneMoreRestart() {
        List<Resource> before;
        try (ControlPlane cluster = ControlPlane.start(folder.resolve("store"))) {
            cluster.namespace(NS, "istio-injection", "enabled");
            cluster.create(NS, ControlPlane.ECHO.apply("web"));
            cluster.awaitRolledOut(NS, "web");
            before = cluster.awaitReadyPods(NS, 2);
            assertThat(before.getFirst().status().at("/containerStatuses/0/restartCount").asInt()).isZero();
        }

        try (ControlPlane cluster = ControlPlane.start(folder.resolve("store"))) {
            assertThat(cluster.call(before.getFirst(), "GET", "").text()).contains(before.getFirst().name());
            await().untilAsserted(() -> assertThat(cluster.pods(NS)).allSatisfy(pod -> {
                assertThat(pod.status().at("/containerStatuses/0/restartCount").asInt()).isEqualTo(1);
                assertThat(pod.status().at("/containerStatuses/0/lastState/terminated/exitCode").asInt()).isEqualTo(
                        255);
            }));
            List<Resource> after = cluster.awaitReadyPods(NS, 2);
            assertThat(after).extracting(Resource::uid).isEqualTo(before.stream().map(Resource::uid).toList());
            assertThat(after).extracting(Pods::ip).isEqualTo(before.stream().map(Pods::ip).toList());

            cluster.create(NS, ControlPlane.ECHO.apply("more"));
            List<Resource> all = cluster.awaitReadyPods(NS, 4);
            assertThat(all).extracting(Pods::ip).doesNotHaveDuplicates();
        }
    }

    @Test
    void rolloutThatWasUnderWayIsTakenUpAgain() {
        try (ControlPlane cluster = ControlPlane.start(folder.resolve("store"))) {
            cluster.namespace(NS);
            cluster.create(NS, ControlPlane.ECHO.apply("web"));
            cluster.awaitReadyPods(NS, 2);
            cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.setImage(object,
                    "traffic-lab/logger-backend:1"));
        }

        try (ControlPlane cluster = ControlPlane.start(folder.resolve("store"))) {
            cluster.awaitRolledOut(NS, "web");
            assertThat(cluster.awaitReadyPods(NS, 2)).allSatisfy(pod -> assertThat(pod.spec()
                    .at("/containers/0/image")
                    .asText()).isEqualTo("traffic-lab/logger-backend:1"));
        }
    }

    @Test
    void ingressGatewayIsThereFromTheStartAndOnlyOnce() {
        for (int boot = 1; boot <= 2; boot++) {
            try (ControlPlane cluster = ControlPlane.start(folder.resolve("store"))) {
                Resource pod = cluster.awaitReadyPods("istio-system", 2).getFirst();
                assertThat(pod.labels()).containsEntry("istio", "ingressgateway");
                assertThat(cluster.get(Kind.SERVICE, "istio-system", "istio-ingressgateway")
                        .status()
                        .at("/loadBalancer/ingress/0/ip")
                        .asText()).isEqualTo("172.18.255.200");
                assertThat(cluster.get(Kind.SERVICE, "default", "kubernetes").spec().path("clusterIP").asText())
                        .isEqualTo("10.96.0.1");
                assertThat(Conditions.isTrue(cluster.get(Kind.NODE, "", NodeObject.NAME).status(), "Ready")).isTrue();
            }
        }
    }
}

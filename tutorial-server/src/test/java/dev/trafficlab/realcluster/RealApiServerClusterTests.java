package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class RealApiServerClusterTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealApiServer server = RealApiServer.shared();

    @Test
    void servesIstiosKindsInAllVersions() {
        try (KubernetesClient client = server.client()) {
            assertThat(List.of("v1", "v1beta1", "v1alpha3")).allSatisfy(version -> assertThat(client
                    .getApiResources("networking.istio.io/" + version)
                    .getResources())
                    .extracting("kind")
                    .contains("VirtualService", "DestinationRule", "Gateway"));
        }
    }

    @Test
    void podsWithoutAKubeletStayPending() {
        try (KubernetesClient client = server.client()) {
            // Given
            namespace(client, "without-kubelet");
            // When
            apply(client, "without-kubelet", "services", "deployments");
            // Then
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(pods(client, "without-kubelet")).hasSize(5)
                            .allMatch(pod -> pod.getStatus().getPhase().equals("Pending")));
            client.namespaces().withName("without-kubelet").delete();
        }
    }

    @Test
    void theServiceProxyReachesTheAppsOfPods() {
        try (KubernetesClient client = server.client(); var kubelet = LoopbackKubelet.start(server)) {
            // Given
            namespace(client, "with-kubelet");
            apply(client, "with-kubelet", "services", "deployments");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(pods(client, "with-kubelet")).hasSize(5)
                            .allMatch(Readiness::isPodReady));
            // When
            await().atMost(LONG).ignoreException(KubernetesClientException.class).untilAsserted(() -> {
                client.raw("/api/v1/namespaces/with-kubelet/services/colors:http/proxy/");
                // Then
                assertThat(client.raw("/api/v1/namespaces/with-kubelet/services/logger-backend:http/proxy/"))
                        .contains("crimson", "lightseagreen", "indigo");
            });
            client.namespaces().withName("with-kubelet").delete();
            await().atMost(LONG).until(() -> client.namespaces().withName("with-kubelet").get() == null);
        }
    }

    @Test
    void keepsEverythingOverAStop() {
        try (KubernetesClient client = server.client()) {
            // Given
            namespace(client, "kept");
            // When
            server.stopApiServer();
            assertThatThrownBy(() -> impatient().namespaces().withName("kept").get())
                    .isInstanceOf(KubernetesClientException.class);
            server.startApiServer();
            // Then
            assertThat(client.namespaces().withName("kept").get()).isNotNull();
            client.namespaces().withName("kept").delete();
        }
    }

    @Test
    void aServiceAccountHasNoRightUnlessARoleIsBound() {
        Path kubeconfig = server.kubeconfig("default", "nobody");
        try (KubernetesClient nobody = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig
                .toFile())).build()) {
            assertThatThrownBy(() -> nobody.pods().inNamespace("default").list()).hasMessageContaining(
                    "User \"system:serviceaccount:default:nobody\" cannot list resource \"pods\"");
        }
    }

    private KubernetesClient impatient() {
        Config config = Config.fromKubeconfig(server.kubeconfig().toFile());
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static void namespace(KubernetesClient client, String name) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build()).create();
    }

    private static void apply(KubernetesClient client, String namespace, String... manifests) {
        for (String manifest : manifests) {
            try (var yaml = Files.newInputStream(Path.of("../manifests/traffic-weighting", manifest + ".yaml"))) {
                client.load(yaml).inNamespace(namespace).serverSideApply();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Pod> pods(KubernetesClient client, String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }
}

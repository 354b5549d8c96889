package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.trafficlab.walk.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the preflight finds, with and without what labs need. */
class PreflightClusterTests {

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();

    @BeforeAll
    static void makeNamespaces() {
        namespace("istio-system");
        namespace("traffic-lab-server");
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
    }

    @Test
    void whatIsMissingIsNamedWithARemedy() {
        try (Replica replica = Replica.start(SERVER.kubeconfig()); ApiClient visitor = replica.stranger()) {
            String page = visitor.get("/preflight").text();

            assertThat(page).contains("Something is missing", "Kubernetes v1.", "served in v1");
            assertThat(page).contains("no Service istio-system/istio-ingressgateway", "istioctl install",
                    "tutorial.kubeconfig.gateway-service");
            assertThat(page).contains("No webhook of Istio", "values.global.proxy.autoInject=enabled");
            assertThat(page).contains("that labs need are granted");
        }
    }

    @Test
    void readinessCarriesTheFindingsAndStaysUp() {
        try (Replica replica = Replica.start(SERVER.kubeconfig()); ApiClient probe = replica.stranger()) {
            await().untilAsserted(() -> {
                var readiness = probe.get("/actuator/health/readiness");
                assertThat(readiness.status()).isEqualTo(200);
                assertThat(readiness.json().get("status").asString()).isEqualTo("UP");
                assertThat(readiness.text()).contains("\"Ingress gateway\"", "istioctl install");
            });
        }
    }

    @Test
    void aClusterThatHasItAllPasses() {
        Service service = CLIENT.resource(new ServiceBuilder().withNewMetadata()
                .withNamespace("istio-system")
                .withName("istio-ingressgateway")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build()).create();
        try (StandInInjector injector = new StandInInjector(SERVER);
                Replica replica = Replica.start(SERVER.kubeconfig());
                ApiClient visitor = replica.stranger()) {
            assertThat(visitor.get("/preflight").text()).contains("The cluster has all that labs need.",
                    "of type ClusterIP", "Its webhook is registered");
        } finally {
            CLIENT.resource(service).delete();
        }
    }

    @Test
    void anAccountWithoutRightsIsToldWhichItLacks() {
        Path kubeconfig = SERVER.kubeconfig("default", "powerless");
        try (Replica replica = Replica.start(kubeconfig); ApiClient visitor = replica.stranger()) {
            assertThat(visitor.get("/preflight").text()).contains("patch virtualservices.networking.istio.io",
                    "get services/proxy", "in the namespace traffic-lab",
                    "kubectl auth can-i get services --subresource=proxy -n traffic-lab");

            var refused = visitor.post("/api/v1/labs");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text()).contains("cannot get resource", "namespaces", "/preflight");
        }
    }

    @Test
    void aClusterThatIsNotThereIsToldByPageAndReadiness() {
        String nowhere = "http://127.0.0.1:" + Ports.free();
        Path kubeconfig = SERVER.kubeconfig().resolveSibling("nowhere.kubeconfig");
        try {
            Files.writeString(kubeconfig, Files.readString(SERVER.kubeconfig())
                    .replace(SERVER.address().toString(),
                            nowhere));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Replica replica = Replica.start(kubeconfig); ApiClient visitor = replica.stranger()) {
            assertThat(visitor.get("/preflight").text()).contains("Not reachable", "kubectl cluster-info");
            assertThat(visitor.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(visitor.post("/api/v1/labs").status()).isEqualTo(503);
            assertThat(visitor.get("/").status()).isEqualTo(200);
        }
    }

    private static void namespace(String name) {
        CLIENT.resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .serverSideApply();
    }
}

package dev.trafficlab.realcluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import static org.awaitility.Awaitility.await;

/**
 * Istio's own control plane as a process beside a real API server, which asks its validating webhook of every Istio object: set up as
 * Istio's charts do it, with a Service in front and a certificate that istiod signs itself and writes into the configuration.
 */
public final class Istiod implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final String NAMESPACE = "istio-system";
    private static final String NAME = "istiod";
    private static final String WEBHOOK = "istiod-default-validator";
    private static final int HTTPS = 443;

    private final RealApiServer server;
    private final KubernetesClient client;
    private final Program program;
    private final String address;

    private Istiod(RealApiServer server, Path folder) {
        this.server = server;
        this.client = server.client();
        client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .serverSideApply();
        this.address = client.resource(service()).serverSideApply().getSpec().getClusterIP();
        client.resource(webhook()).serverSideApply();
        int webhookPort = Ports.free();
        server.tunnel().route(address, HTTPS, webhookPort);
        this.program = Program.start(folder.resolve("istiod.log"), Map.of("POD_NAMESPACE", NAMESPACE, "POD_NAME", NAME,
                "REVISION", "default"), command(server.kubeconfig(), webhookPort));
    }

    /** Starts istiod, and returns when the API server asks its webhook. */
    public static Istiod start(RealApiServer server) {
        Istiod istiod = new Istiod(server, server.folder());
        await("istiod's webhook").atMost(LONGEST_START).failFast(istiod.program::requireAlive).until(istiod::isAsked);
        return istiod;
    }

    private static List<String> command(Path kubeconfig, int webhookPort) {
        return List.of(Binaries.ofThisUser().program("pilot-discovery"), "discovery", "--kubeconfig=" + kubeconfig,
                "--httpsAddr=127.0.0.1:" + webhookPort, "--httpAddr=127.0.0.1:" + Ports.free(),
                "--grpcAddr=127.0.0.1:" + Ports.free(), "--secureGRPCAddr=127.0.0.1:" + Ports.free(),
                "--monitoringAddr=127.0.0.1:" + Ports.free(), "--log_output_level=default:warn");
    }

    private static io.fabric8.kubernetes.api.model.Service service() {
        return new ServiceBuilder().withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withName("https-webhook")
                .withPort(HTTPS)
                .endPort()
                .endSpec()
                .build();
    }

    private static ValidatingWebhookConfiguration webhook() {
        return new ValidatingWebhookConfigurationBuilder().withNewMetadata()
                .withName(WEBHOOK)
                .addToLabels("app", NAME)
                .addToLabels("istio.io/rev", "default")
                .endMetadata()
                .addNewWebhook()
                .withName("validation.istio.io")
                .withFailurePolicy("Ignore")
                .withSideEffects("None")
                .withAdmissionReviewVersions("v1")
                .withNewClientConfig()
                .withNewService()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withPath("/validate")
                .endService()
                .endClientConfig()
                .addNewRule()
                .withOperations("CREATE", "UPDATE")
                .withApiGroups("networking.istio.io")
                .withApiVersions("*")
                .withResources("*")
                .endRule()
                .endWebhook()
                .build();
    }

    /** istiod fills in its certificate, tries the webhook with a bad object, and insists on being asked once that is refused. */
    private boolean isAsked() {
        return client.resource(webhook())
                .get()
                .getWebhooks()
                .stream()
                .allMatch(webhook -> "Fail".equals(webhook.getFailurePolicy()));
    }

    @Override
    public void close() {
        client.resource(webhook()).delete();
        program.close();
        server.tunnel().unroute(address, HTTPS);
        client.close();
    }
}

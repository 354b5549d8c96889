package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands where a real cluster has Istio's sidecar injector: a real mutating webhook, which the API server calls for each new pod in a
 * namespace labelled istio-injection=enabled. The container that it adds is named istio-proxy and does nothing.
 */
final class StandInInjector implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String SIDECAR = """
                                          [{"op": "add", "path": "/spec/containers/-", "value": {"name": "istio-proxy", "image": "istio/proxyv2:stand-in"}}]
                                          """;

    private final KubernetesClient client;
    private final HttpsServer server;
    private final MutatingWebhookConfiguration webhook;

    StandInInjector(RealApiServer api) {
        this.client = api.client();
        try {
            Path keys = Files.createTempDirectory("injector").resolve("keys.p12");
            KeyStore store = keyStore(keys);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
            server.createContext("/", StandInInjector::inject);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            webhook = webhook(server.getAddress().getPort(), certificate(store));
            client.resource(webhook).serverSideApply();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void inject(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()).get("request");
            byte[] answer = """
                            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                             "response": {"uid": "%s", "allowed": true, "patchType": "JSONPatch", "patch": "%s"}}
                            """.formatted(request.get("uid").asString(), Base64.getEncoder()
                    .encodeToString(SIDECAR
                            .getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static MutatingWebhookConfiguration webhook(int port, String authority) {
        return new MutatingWebhookConfigurationBuilder().withNewMetadata()
                .withName("istio-sidecar-injector")
                .endMetadata()
                .addNewWebhook()
                .withName("namespace.sidecar-injector.istio.io")
                .withNewClientConfig()
                .withUrl("https://127.0.0.1:" + port + "/inject")
                .withCaBundle(authority)
                .endClientConfig()
                .withNewNamespaceSelector()
                .addToMatchLabels("istio-injection", "enabled")
                .endNamespaceSelector()
                .addNewRule()
                .withApiGroups("")
                .withApiVersions("v1")
                .withOperations("CREATE")
                .withResources("pods")
                .endRule()
                .withAdmissionReviewVersions("v1")
                .withSideEffects("None")
                .withFailurePolicy("Fail")
                .withTimeoutSeconds(5)
                .endWebhook()
                .build();
    }

    private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(keytool.toString(), "-genkeypair", "-alias", "injector",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1",
                "-validity", "30", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(
                        PASSWORD))).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String certificate(KeyStore store) throws GeneralSecurityException {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(store
                        .getCertificate("injector")
                        .getEncoded()) + "\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.resource(webhook).delete();
        server.stop(0);
        client.close();
    }
}

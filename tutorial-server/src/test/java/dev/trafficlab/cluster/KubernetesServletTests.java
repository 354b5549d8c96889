package dev.trafficlab.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The embedded API over HTTP, as a learner's own tools reach it. */
class KubernetesServletTests {

    private static final String HOME = "lab-aaaaaaaaaa";
    private static final String OTHER = "lab-bbbbbbbbbb";
    private static final String TOKEN = HOME + ".secret";
    private static final String MAPS = "/api/v1/namespaces/" + HOME + "/configmaps";

    private static final HttpClient http = HttpClient.newHttpClient();
    private static EmbeddedCluster cluster;
    private static KubernetesClient client;
    private static Tomcat tomcat;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());
        client = EmbeddedClient.of(cluster.api());
        namespace(HOME, TOKEN);
        namespace(OTHER, OTHER + ".secret");
        tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", folder.toString());
        Wrapper servlet = Tomcat.addServlet(context, "kubernetes", new KubernetesServlet(cluster.api()));
        servlet.setAsyncSupported(true);
        context.addServletMappingDecoded("/kubernetes/*", "kubernetes");
        tomcat.start();
    }

    private static void namespace(String name, String token) throws Exception {
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(token.getBytes(StandardCharsets.UTF_8)));
        client.resource(new NamespaceBuilder().withNewMetadata()
                .withName(name)
                .withLabels(Map.of("app.kubernetes.io/managed-by", "traffic-lab"))
                .withAnnotations(Map.of("trafficlab.dev/token-sha256", digest))
                .endMetadata()
                .build()).create();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        client.close();
        cluster.close();
    }

    @Test
    void aBearerTokenOpensItsNamespace() throws Exception {
        HttpResponse<String> answer = http.send(request("/kubernetes" + MAPS).header("Authorization", "Bearer " + TOKEN)
                .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"kind\":\"ConfigMapList\"");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'; sandbox");
    }

    @Test
    void aSecretInThePathOpensItToo() throws Exception {
        assertThat(get(MAPS).statusCode()).isEqualTo(200);
        assertThat(get("/openapi/v3").body()).contains("\"serverRelativeURL\":\"/kubernetes/s/" + TOKEN
                + "/openapi/v3/apis/apps/v1\"");
        assertThat(get("/version").body()).contains("v1.34");
    }

    @Test
    void nobodyGetsInWithoutTheSecret() throws Exception {
        assertThat(plain("/kubernetes" + MAPS).statusCode()).isEqualTo(403);
        assertThat(plain("/kubernetes/api").statusCode()).isEqualTo(403);
        assertThat(plain("/kubernetes/s/" + HOME + ".wrong" + MAPS).statusCode()).isEqualTo(401);
        assertThat(plain("/kubernetes/s/nonsense/api").statusCode()).isEqualTo(401);
        assertThat(plain("/kubernetes/version").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherNamespaceStaysClosed() throws Exception {
        HttpResponse<String> answer = get("/api/v1/namespaces/" + OTHER + "/configmaps/x");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("configmaps \\\"x\\\" is forbidden: User \\\"system:serviceaccount:" + HOME
                + ":learner\\\" cannot get resource \\\"configmaps\\\" in API group \\\"\\\" in the namespace \\\""
                + OTHER + "\\\"");
        assertThat(get("/api/v1/namespaces/" + OTHER).statusCode()).isEqualTo(403);
        assertThat(send("DELETE", "/api/v1/namespaces/" + HOME, "", "application/json").statusCode()).isEqualTo(403);
        assertThat(get("/api/v1/namespaces/istio-system/services/istio-ingressgateway").statusCode()).isEqualTo(200);
        assertThat(send("DELETE", "/api/v1/namespaces/istio-system/services/istio-ingressgateway", "",
                "application/json").statusCode())
                .isEqualTo(403);
    }

    @Test
    void listsOverAllNamespacesShowWhatIsTheirs() throws Exception {
        assertThat(get("/api/v1/namespaces").body()).contains(HOME, "istio-system").doesNotContain(OTHER);
        assertThat(get("/api/v1/configmaps").body()).contains(HOME).doesNotContain(OTHER);
    }

    @Test
    void theNamespacesMarksAreNotTheirs() throws Exception {
        String own = "/api/v1/namespaces/" + HOME;
        String merge = "application/merge-patch+json";

        assertThat(send("PATCH", own, "{\"metadata\":{\"labels\":{\"istio-injection\":\"enabled\"}}}", merge)
                .statusCode()).isEqualTo(200);
        assertThat(send("PATCH", own, "{\"metadata\":{\"annotations\":{\"trafficlab.dev/token-sha256\":\"x\"}}}", merge)
                .statusCode())
                .isEqualTo(403);
        assertThat(send("PATCH", own, "{\"metadata\":{\"annotations\":null}}", merge).statusCode()).isEqualTo(403);
        assertThat(send("PATCH", own, "{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":null}}}", merge)
                .statusCode())
                .isEqualTo(403);
        assertThat(send("PUT", own + "/finalize",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + HOME
                        + "\"},\"spec\":{\"finalizers\":[]}}", "application/json").statusCode()).isEqualTo(403);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> answer = send("POST", MAPS, "x".repeat(256 * 1024 + 1), "application/json");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("RequestEntityTooLarge");
    }

    @Test
    void yamlThatGrowsIsRefused() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }

        assertThat(send("POST", MAPS, bomb.toString(), "application/yaml").statusCode()).isEqualTo(400);
        assertThat(send("POST", MAPS, "a: &a [*a]", "application/yaml").statusCode()).isEqualTo(400);
        assertThat(send("POST", MAPS, "a: !!java.net.URL [http://x]", "application/yaml").statusCode()).isEqualTo(400);
        assertThat(send("POST", MAPS, "[".repeat(100_000), "application/json").statusCode()).isEqualTo(400);
    }

    @Test
    void aWatchStreamsAndEndsInTime() throws Exception {
        HttpResponse<java.io.InputStream> answer = http.send(request("/kubernetes/s/" + TOKEN + MAPS
                + "?watch=true&timeoutSeconds=4&fieldSelector=metadata.name=streamed").build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            client.resource(new ConfigMapBuilder().withNewMetadata()
                    .withName("streamed")
                    .withNamespace(HOME)
                    .endMetadata()
                    .build())
                    .create();
            assertThat(lines.readLine()).startsWith("{\"type\":\"ADDED\",\"object\":{")
                    .contains("\"name\":\"streamed\"");
            client.configMaps().inNamespace(HOME).withName("streamed").delete();
            assertThat(lines.readLine()).startsWith("{\"type\":\"DELETED\"");
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void initialEventsEndWithABookmark() throws Exception {
        String query = "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1";

        HttpResponse<String> answer = get(MAPS + query);

        assertThat(answer.body().lines()).last()
                .asString()
                .contains("\"type\":\"BOOKMARK\"",
                        "\"k8s.io/initial-events-end\":\"true\"");
    }

    @Test
    void aWatchOnForgottenHistoryIsToldSo() throws Exception {
        assertThat(get(MAPS + "?watch=true&resourceVersion=1&timeoutSeconds=1").statusCode()).isEqualTo(200);
        assertThat(get(MAPS + "?resourceVersion=99999999").statusCode()).isEqualTo(504);
    }

    @Test
    void anUpgradeIsAnsweredWithNothing() throws IOException, InterruptedException {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", tomcat.getConnector().getLocalPort())) {
            socket.getOutputStream()
                    .write(("GET /kubernetes/s/" + TOKEN + MAPS + "?watch=true HTTP/1.1\r\nHost: x\r\n"
                            + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                    StandardCharsets.US_ASCII));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
            assertThat(lines.lines().takeWhile(line -> !line.isEmpty())).contains("Content-Length: 0");
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return plain("/kubernetes/s/" + TOKEN + path);
    }

    private static HttpResponse<String> plain(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        return http.send(request("/kubernetes/s/" + TOKEN + path).header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path));
    }
}

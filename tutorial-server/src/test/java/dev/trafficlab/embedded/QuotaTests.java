package dev.trafficlab.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.store.StoreLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a namespace may hold, and no more. */
class QuotaTests {

    private static final String LAB = "lab-a";
    private static final String TOKEN = LAB + ".secret";
    private static final String SERVICES = "/api/v1/namespaces/" + LAB + "/services";

    private static final String MAPS = "/api/v1/namespaces/" + LAB + "/configmaps";

    private TestCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new TestCluster(new EmbeddedSettings(Optional.empty(), Duration.ZERO, InstantSource.system(),
                new ThreadLocalDice(), new Quota(Map.of("services", 2, "deployments.apps", 1, "pods", 3), 2, 40_000,
                        1 << 20),
                StoreLimits.ofThisMachine()));
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(TOKEN.getBytes(StandardCharsets.UTF_8)));
        assertThat(cluster.send("POST", "/api/v1/namespaces", "", "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + LAB
                        + "\",\"annotations\":{\"trafficlab.dev/token-sha256\":\"" + digest + "\"}}}").status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private ApiResponse createService(String name) {
        return cluster.send("POST", SERVICES, "", "application/json",
                service(name));
    }

    private static String service(String name) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"ports\":[{\"port\":80}]}}";
    }

    private static String text(ApiResponse answer) {
        return new String(((ApiResponse.Complete) answer).body(), StandardCharsets.UTF_8);
    }

    @Test
    void oneObjectTooManyIsRefusedInKubernetesWords() {
        createService("a");
        createService("b");

        ApiResponse refused = createService("c");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(text(refused)).contains("services \\\"c\\\" is forbidden: exceeded quota: lab, requested: "
                + "services=1, used: services=2, limited: services=2", "\"reason\":\"Forbidden\"");
    }

    @Test
    void whatIsThereCanStillBeChangedAndMakesRoomWhenItGoes() {
        createService("a");
        createService("b");

        assertThat(cluster.send("PATCH", SERVICES + "/a", "", "application/merge-patch+json",
                "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}")
                .status()).isEqualTo(200);
        cluster.send("DELETE", SERVICES + "/b", "", "application/json", "");
        assertThat(createService("c").status()).isEqualTo(201);
    }

    @Test
    void podsBeyondTheQuotaAreAFailureOfTheirReplicaSet() {
        cluster.apply(LAB, """
                           apiVersion: apps/v1
                           kind: Deployment
                           metadata: {name: echo}
                           spec:
                             replicas: 5
                             selector: {matchLabels: {app: echo}}
                             template:
                               metadata: {labels: {app: echo}}
                               spec: {containers: [{name: echo, image: "traffic-lab/echo:1"}]}
                           """);

        cluster.awaitPods(LAB, 3, 1);
        await().untilAsserted(() -> {
            JsonNode set = cluster.get("/apis/apps/v1/namespaces/" + LAB + "/replicasets").at("/items/0/status");
            assertThat(set.path("replicas").asInt()).isEqualTo(3);
            assertThat(set.at("/conditions/0/type").asText()).isEqualTo("ReplicaFailure");
            assertThat(set.at("/conditions/0/message").asText()).contains(
                    "exceeded quota: lab, requested: pods=1, used: pods=3, limited: pods=3");
        });
    }

    @Test
    void resourcesOfAGroupAreCountedByTheirFullName() {
        String deployment = """
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: %s}
                            spec:
                              replicas: 0
                              selector: {matchLabels: {app: echo}}
                              template:
                                metadata: {labels: {app: echo}}
                                spec: {containers: [{name: echo, image: "traffic-lab/echo:1"}]}
                            """;
        cluster.apply(LAB, deployment.formatted("one"));

        ApiResponse refused = cluster.send("POST", "/apis/apps/v1/namespaces/" + LAB + "/deployments", "",
                "application/yaml", deployment.formatted("two"));

        assertThat(text(refused)).contains("exceeded quota: lab, requested: count/deployments.apps=1, "
                + "used: count/deployments.apps=1, limited: count/deployments.apps=1");
    }

    @Test
    void anotherNamespaceHasRoomOfItsOwn() {
        cluster.namespace("lab-b");
        createService("a");
        createService("b");

        assertThat(cluster.send("POST", "/api/v1/namespaces/lab-b/services", "", "application/json",
                service("a")).status()).isEqualTo(201);
    }

    @Test
    void watchesBeyondTheLimitHaveToWaitForOthersToEnd() throws Exception {
        AutoCloseable first = attach(watch());
        attach(watch());

        ApiResponse refused = watch();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(text(refused)).contains("TooManyRequests", "End some of them first");

        first.close();
        first.close();
        attach(watch());
        assertThat(watch().status()).isEqualTo(429);
    }

    private ApiResponse createMap(String name, int size) {
        return cluster.send("POST", MAPS, "", "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                        + "\"},\"data\":{\"k\":\""
                        + "x".repeat(size) + "\"}}");
    }

    @Test
    void objectsThatTogetherAreTooLargeAreRefusedInKubernetesWords() {
        assertThat(createMap("a", 20_000).status()).isEqualTo(201);

        ApiResponse refused = createMap("b", 20_000);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(text(refused)).containsPattern("configmaps ..b.. is forbidden: exceeded quota: lab, requested: "
                + "object-bytes=20\\d{3}, used: object-bytes=20\\d{3}, limited: object-bytes=40000");
        assertThat(cluster.send("PATCH", MAPS + "/a", "", "application/merge-patch+json",
                "{\"metadata\":{\"annotations\":{\"a\":\"" + "y".repeat(30_000) + "\"}}}").status()).isEqualTo(403);
    }

    @Test
    void whatGetsSmallerIsNeverRefusedAndMakesRoom() {
        createMap("a", 38_000);
        assertThat(createMap("b", 5_000).status()).isEqualTo(403);

        assertThat(cluster.send("PATCH", MAPS + "/a", "", "application/merge-patch+json", "{\"data\":{\"k\":\"\"}}")
                .status()).isEqualTo(200);
        assertThat(createMap("b", 5_000).status()).isEqualTo(201);
        cluster.send("DELETE", MAPS + "/b", "", "application/json", "");
        assertThat(createMap("c", 30_000).status()).isEqualTo(201);
    }

    @Test
    void aDryRunIsRefusedLikeTheWrite() {
        createMap("a", 38_000);

        assertThat(cluster.send("POST", MAPS, "dryRun=All", "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"b\"},\"data\":{\"k\":\""
                        + "x".repeat(20_000) + "\"}}").status()).isEqualTo(403);
    }

    @Test
    void copiesOfATemplateThatAreTooLargeTogetherAreAFailureOfTheirOwner() {
        cluster.apply(LAB, """
                           apiVersion: apps/v1
                           kind: Deployment
                           metadata: {name: echo}
                           spec:
                             replicas: 3
                             selector: {matchLabels: {app: echo}}
                             template:
                               metadata: {labels: {app: echo}, annotations: {ballast: "%s"}}
                               spec: {containers: [{name: echo, image: "traffic-lab/echo:1"}]}
                           """.formatted("x".repeat(15_000)));

        await().untilAsserted(() -> {
            JsonNode set = cluster.get("/apis/apps/v1/namespaces/" + LAB + "/replicasets").at("/items/0/status");
            assertThat(set.at("/conditions/0/message").asText()).contains(
                    "exceeded quota: lab, requested: object-bytes=");
        });
        assertThat(cluster.get("/api/v1/namespaces/" + LAB + "/pods").path("items")).hasSizeLessThan(2);
    }

    private ApiResponse watch() {
        return cluster.handle(new ApiRequest("GET", SERVICES, "watch=true", Map.of("accept", List.of(
                "application/json")),
                new byte[0], new ApiRequest.Bearer(TOKEN)));
    }

    private static AutoCloseable attach(ApiResponse answer) {
        return ((ApiResponse.Streaming) answer).stream().attach(new ApiResponse.Sink() {

            @Override
            public void write(byte[] chunk) {
                // What is watched does not matter here.
            }

            @Override
            public void close() {
                // Nor does who ends it.
            }
        });
    }
}

package dev.trafficlab.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.store.StoreLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole cluster at once: API, controllers, runtime and mesh. */
class EmbeddedCourseTests {

    private static final String LAB = "lab-whole";

    @TempDir
    private Path folder;

    private static void applyCourseUpTo(TestCluster cluster, String lastStep) {
        cluster.namespace(LAB);
        cluster.applyFile(LAB, "services.yaml");
        cluster.applyFile(LAB, "deployments.yaml");
        cluster.awaitPods(LAB, 5, 1);
        for (String step : new String[]{"gateway", "virtualservice", "destinationrule", "sticky"}) {
            cluster.applyFile(LAB, step + ".yaml");
            if (step.equals(lastStep)) {
                return;
            }
        }
    }

    private static String version(MeshAnswer answer) {
        return ((Answered) answer).upstream().orElseThrow().labels().getOrDefault("version", "none");
    }

    private static Map<String, Integer> versions(TestCluster cluster, int requests) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            counts.merge(version(cluster.fromOutside(LAB, "/colors")), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void courseRunsFromTheFirstStepToTheLast() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            cluster.namespace(LAB);
            cluster.applyFile(LAB, "services.yaml");
            cluster.applyFile(LAB, "deployments.yaml");
            cluster.awaitPods(LAB, 5, 1);
            assertThat(cluster.fromOutside(LAB, "/")).isInstanceOf(ConnectionRefused.class);

            cluster.applyFile(LAB, "namespace.yaml");
            cluster.restartDeployments(LAB);
            cluster.awaitPods(LAB, 5, 2);

            cluster.applyFile(LAB, "gateway.yaml");
            assertThat(((Answered) cluster.fromOutside(LAB, "/")).response().status()).isEqualTo(404);

            cluster.applyFile(LAB, "virtualservice.yaml");
            assertThat(((Answered) cluster.fromOutside(LAB, "/")).response().text()).contains("Color Ranks");
            assertThat(versions(cluster, 300)).hasSize(3);
            await().untilAsserted(() -> assertThat(total(cluster.tally(LAB))).isEqualTo(300));

            cluster.applyFile(LAB, "destinationrule.yaml");
            Map<String, Integer> weighted = versions(cluster, 2000);
            assertThat(weighted.getOrDefault("v1", 0) / 20.0).isBetween(5.0, 15.0);
            assertThat(weighted.getOrDefault("v2", 0) / 20.0).isBetween(25.0, 35.0);
            assertThat(weighted.getOrDefault("v3", 0) / 20.0).isBetween(55.0, 65.0);

            cluster.applyFile(LAB, "sticky.yaml");
            assertThat(versions(cluster, 100)).hasSize(1);
        }
    }

    @Test
    void requestRightAfterAWriteIsRoutedByIt() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "destinationrule");
            for (int i = 0; i < 100; i++) {
                String wanted = "v" + (1 + i % 3);
                cluster.apply(LAB, """
                                   apiVersion: networking.istio.io/v1
                                   kind: VirtualService
                                   metadata: {name: colors}
                                   spec:
                                     hosts: ["*"]
                                     gateways: [my-gateway]
                                     http:
                                     - match: [{uri: {exact: /colors}}]
                                       rewrite: {uri: /}
                                       route: [{destination: {host: colors, subset: %s}}]
                                   """.formatted(wanted));

                assertThat(version(cluster.fromOutside(LAB, "/colors"))).as("request %d", i).isEqualTo(wanted);
            }
        }
    }

    @Test
    void podsReachEachOtherByServiceNames() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "gateway");
            String pod = cluster.get("/api/v1/namespaces/" + LAB + "/pods")
                    .path("items")
                    .get(0)
                    .at("/metadata/name")
                    .asText();

            Answered answer = (Answered) cluster.fromPod(LAB, pod, "colors");

            assertThat(answer.response().status()).isEqualTo(200);
            await().untilAsserted(() -> assertThat(total(cluster.tally(LAB))).isEqualTo(1));
        }
    }

    @Test
    void labsSeeNothingOfEachOther() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "virtualservice");
            cluster.namespace("lab-other");

            assertThat(cluster.fromOutside("lab-other", "/colors")).isInstanceOf(ConnectionRefused.class);
            assertThat(cluster.fromOutside("lab-nowhere", "/colors")).isInstanceOf(ConnectionRefused.class);
        }
    }

    @Test
    void firstRequestAfterARestartIsRoutedAsBefore() {
        EmbeddedSettings durable = new EmbeddedSettings(Optional.of(folder), EmbeddedSettings.inMemory().podPhase(),
                EmbeddedSettings.inMemory().clock(), new ThreadLocalDice(), Quota.unlimited(), StoreLimits
                        .ofThisMachine());
        try (TestCluster cluster = new TestCluster(durable)) {
            applyCourseUpTo(cluster, "virtualservice");
            assertThat(versions(cluster, 30)).hasSize(3);
        }

        try (TestCluster cluster = new TestCluster(durable)) {
            assertThat(versions(cluster, 60)).hasSize(3);
            await().untilAsserted(() -> assertThat(total(cluster.tally(LAB))).isEqualTo(60));
        }
    }

    @Test
    void whatTheMeshCannotDoIsToldInAnEventAndAsLongAsItIsSo() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "gateway");
            cluster.apply(LAB,
                    """
                    apiVersion: networking.istio.io/v1
                    kind: Sidecar
                    metadata: {name: own}
                    spec:
                      ingress: [{port: {number: 9080, protocol: HTTP, name: web}, defaultEndpoint: "127.0.0.1:3000"}]
                      egress: [{hosts: ["./*"]}]
                    """);

            await().untilAsserted(() -> assertThat(cluster.get("/api/v1/namespaces/" + LAB + "/events").path("items"))
                    .anySatisfy(event -> {
                        assertThat(event.path("reason").asText()).isEqualTo("NotSupported");
                        assertThat(event.at("/involvedObject/kind").asText()).isEqualTo("Sidecar");
                        assertThat(event.path("message").asText()).contains("spec.ingress");
                    }));
            assertThat(cluster.notSupported(LAB)).singleElement().satisfies(finding -> {
                assertThat(finding.kind()).isEqualTo("Sidecar");
                assertThat(finding.name()).isEqualTo("own");
            });

            cluster.send("DELETE", "/apis/networking.istio.io/v1/namespaces/" + LAB + "/sidecars/own", "",
                    "application/json", "");
            assertThat(cluster.notSupported(LAB)).isEmpty();
        }
    }

    @Test
    void podThatClaimsTheAddressOfAnotherLabReachesNothing() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "virtualservice");
            JsonNode victim = cluster.get("/api/v1/namespaces/" + LAB + "/pods").path("items").get(0);
            String ip = victim.at("/status/podIP").asText();
            cluster.namespace("lab-thief");
            cluster.apply("lab-thief", """
                                       apiVersion: v1
                                       kind: Pod
                                       metadata: {name: thief, labels: {app: thief}}
                                       spec: {containers: [{name: app, image: "nobody/knows:1"}]}
                                       """);
            cluster.send("PATCH", "/api/v1/namespaces/lab-thief/pods/thief/status", "", "application/merge-patch+json",
                    "{\"status\":{\"podIP\":\"" + ip + "\",\"phase\":\"Running\"}}");

            assertThat(cluster.send("GET", "/api/v1/namespaces/lab-thief/pods/thief:3000/proxy/", "",
                    "application/json", "").status())
                    .isEqualTo(503);
            cluster.send("DELETE", "/api/v1/namespaces/lab-thief/pods/thief", "gracePeriodSeconds=0",
                    "application/json", "");
            assertThat(versions(cluster, 30)).hasSize(3);
        }
    }

    @Test
    void deletedNamespaceRoutesNothing() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "virtualservice");
            cluster.send("DELETE", "/api/v1/namespaces/" + LAB, "", "application/json", "");

            await().untilAsserted(() -> assertThat(cluster.send("GET", "/api/v1/namespaces/" + LAB, "",
                    "application/json", "").status())
                    .isEqualTo(404));
            assertThat(cluster.fromOutside(LAB, "/colors")).isInstanceOf(ConnectionRefused.class);
        }
    }

    private static int total(JsonNode tally) {
        int total = 0;
        for (JsonNode count : tally) {
            total += count.asInt();
        }
        return total;
    }

    @Test
    void whatTheAnalysisFindsIsToldInEventsUnlessItIsMendedAtOnce() {
        try (TestCluster cluster = TestCluster.inMemory()) {
            applyCourseUpTo(cluster, "gateway");
            cluster.applyFile(LAB, "virtualservice.yaml");
            cluster.apply(LAB,
                    """
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: lost}
                    spec: {hosts: [lost.example.com], gateways: [my-gateway], http: [{route: [{destination: {host: colorz}}]}]}
                    """);

            await().untilAsserted(() -> assertThat(cluster.get("/api/v1/namespaces/" + LAB + "/events").path("items"))
                    .filteredOn(event -> event.path("type").asText().equals("Warning"))
                    .isNotEmpty()
                    .allSatisfy(event -> {
                        assertThat(event.path("reason").asText()).isEqualTo("IST0101");
                        assertThat(event.at("/involvedObject/name").asText()).isEqualTo("lost");
                        assertThat(event.path("message").asText()).contains("colorz");
                    }));
        }
    }
}

package dev.trafficlab.web.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.trafficlab.TutorialServer;
import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.LoadSpec.From;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.traffic.Traffic;

import static org.assertj.core.api.Assertions.assertThat;

/** The panel's headline in the situations that learners bring about, on the whole server. */
class HeadlineTests {

    private static final String SUBSETS = """
                                          apiVersion: networking.istio.io/v1
                                          kind: DestinationRule
                                          metadata: {name: colors}
                                          spec:
                                            host: colors
                                            subsets:
                                            - {name: v1, labels: {version: v1}}
                                            - {name: v2, labels: {version: v2}}
                                            - {name: v3, labels: {version: v3}}
                                          ---
                                          """;
    private static final String ROUTES = SUBSETS + """
                                                   apiVersion: networking.istio.io/v1
                                                   kind: VirtualService
                                                   metadata: {name: colors}
                                                   spec:
                                                     hosts: ["*"]
                                                     gateways: [my-gateway]
                                                     http:
                                                   """;

    private static ConfigurableApplicationContext server;
    private static Labs labs;
    private static Traffic traffic;
    private static KubernetesClient client;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SpringApplicationBuilder(TutorialServer.class).run("--server.port=0", "--tutorial.data-dir="
                + data, "--tutorial.pod-phase=0s", "--tutorial.limits.enabled=false");
        labs = server.getBean(Labs.class);
        traffic = server.getBean(Traffic.class);
        client = server.getBean(Cluster.class).client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void headerRoute() {
        String lab = lab();
        apply(lab, ROUTES + """
                              - match: [{headers: {x-tester: {exact: "yes"}}, uri: {exact: /colors}}]
                                rewrite: {uri: /}
                                route: [{destination: {host: colors, subset: v3}}]
                              - match: [{uri: {exact: /colors}}]
                                rewrite: {uri: /}
                                route: [{destination: {host: colors, subset: v1}}]
                            """);
        send(lab, 100, Map.of());
        assertThat(headline(lab)).isEqualTo("The split fits 100 / 0 / 0.");
        assertThat(share(lab, "v3").weight()).hasValue(0);

        traffic.deleteLogs(lab);
        send(lab, 100, Map.of("x-tester", "yes"));
        assertThat(headline(lab)).isEqualTo("The split fits 0 / 0 / 100.");
    }

    @Test
    void mirroring() {
        String lab = lab();
        apply(lab, ROUTES + """
                              - match: [{uri: {exact: /colors}}]
                                rewrite: {uri: /}
                                route: [{destination: {host: colors, subset: v1}}]
                                mirror: {host: colors, subset: v2}
                            """);
        send(lab, 50, Map.of());
        Awaitility.await().untilAsserted(() -> assertThat(share(lab, "v2").copies()).isEqualTo(50));
        assertThat(headline(lab)).isEqualTo("The split fits 100 / 0 / 0.");
        assertThat(share(lab, "v1").count()).isEqualTo(50);
        assertThat(share(lab, "v2").count()).isZero();
    }

    @Test
    void rewriteLeftOut() {
        String lab = lab();
        apply(lab, ROUTES + """
                              - match: [{uri: {exact: /colors}}]
                                route: [{destination: {host: colors}}]
                            """);
        send(lab, 50, Map.of());
        assertThat(headline(lab)).isEqualTo("v1, v2 and v3 answered 404 themselves: the app has no such page.");
    }

    @Test
    void scaledToZero() {
        String lab = weighted();
        client.apps().deployments().inNamespace(lab).withName("colors-v3").scale(0);
        Awaitility.await().untilAsserted(() -> assertThat(pods(lab, "v3")).isZero());
        send(lab, 100, Map.of());
        assertThat(headline(lab)).matches(
                "\\d+ of 100 requests got 503: the subset v3 has no ready pod\\.");
        traffic.deleteLogs(lab);
        send(lab, 100, Map.of());
        assertThat(headline(lab)).contains("got 503: the subset v3 has no ready pod.");
    }

    @Test
    void missingLogger() {
        String lab = weighted();
        client.apps().deployments().inNamespace(lab).withName("logger-backend").delete();
        Awaitility.await()
                .untilAsserted(() -> assertThat(client.pods()
                        .inNamespace(lab)
                        .withLabel("app", "logger-backend")
                        .list()
                        .getItems()).isEmpty());
        send(lab, 100, Map.of());
        assertThat(headline(lab)).isEqualTo("Not counted: logger-backend is gone.");
        assertThat(traffic.split(lab).total()).isEqualTo(100);
    }

    @Test
    void versionsByNameNotByOrder() {
        String lab = weighted();
        client.apps().deployments().inNamespace(lab).withName("colors-v2").delete();
        Awaitility.await().untilAsserted(() -> assertThat(pods(lab, "v2")).isZero());
        VersionMarks marks = VersionMarks.of(traffic.split(lab));
        assertThat(marks.byVersion()).hasEntrySatisfying("v3", v3 -> {
            assertThat(v3.css()).isEqualTo("tone-3");
            assertThat(v3.glyph()).isEqualTo("■");
        });
    }

    @Test
    void oldAndNewRequestsAreNotMixed() {
        String lab = lab();
        labs.apply(lab, "virtual-service");
        send(lab, 200, Map.of());
        labs.apply(lab, "destination-rules");
        assertThat(headline(lab)).isEqualTo("Your lab has changed, so the counts start anew. Nothing was sent since.");
        send(lab, 300, Map.of());
        assertThat(headline(lab)).isEqualTo("The split fits 10 / 30 / 60.");
        assertThat(traffic.split(lab).total()).isEqualTo(300);
    }

    @Test
    void aRestartEmptiesTheCountsAndIsSaidToHave() {
        String lab = labs.create("traffic-weighting").lab().id();
        labs.apply(lab, "services");
        ready(lab);
        traffic.send(lab, new LoadSpec(100, "/", 1, Map.of(), From.INSIDE));
        labs.apply(lab, "inject");
        ready(lab);
        assertThat(headline(lab)).isEqualTo("Your lab has changed, so the counts start anew. Nothing was sent since.");
    }

    @Test
    void aFreshLabIsToldToApply() {
        String lab = labs.create("traffic-weighting").lab().id();
        assertThat(headline(lab)).isEqualTo("Nothing runs yet. Press Apply.");
        traffic.send(lab, new LoadSpec(10, "/", 1, Map.of(), From.INSIDE));
        assertThat(headline(lab)).isEqualTo("Nothing runs yet. Press Apply.");
    }

    @Test
    void theGoalOfAStepIsNoFault() {
        String lab = lab();
        traffic.send(lab, new LoadSpec(1, "/", 1, Map.of(), From.OUTSIDE));
        assertThat(headline(lab, 404)).startsWith("404, and that is what this step is after: ");
    }

    private static String weighted() {
        String lab = lab();
        labs.apply(lab, "virtual-service");
        labs.apply(lab, "destination-rules");
        return lab;
    }

    /** A lab up to the gateway, all pods ready. */
    private static String lab() {
        String lab = labs.create("traffic-weighting").lab().id();
        for (String step : List.of("services", "inject", "gateway")) {
            labs.apply(lab, step);
            ready(lab);
        }
        return lab;
    }

    private static void ready(String lab) {
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(client.apps().deployments().inNamespace(lab).list().getItems())
                        .allSatisfy(deployment -> {
                            assertThat(deployment.getStatus().getObservedGeneration()).isEqualTo(deployment
                                    .getMetadata()
                                    .getGeneration());
                            assertThat(deployment.getStatus().getUpdatedReplicas()).isEqualTo(1);
                            assertThat(deployment.getStatus().getReplicas()).isEqualTo(1);
                            assertThat(deployment.getStatus().getReadyReplicas()).isEqualTo(1);
                        }));
    }

    private static long pods(String lab, String version) {
        return client.pods().inNamespace(lab).withLabel("version", version).list().getItems().size();
    }

    private static void apply(String lab, String yaml) {
        assertThat(labs.applyManifest(lab, yaml)).isInstanceOf(ApplyOutcome.Applied.class);
    }

    private static void send(String lab, int requests, Map<String, String> headers) {
        traffic.send(lab, new LoadSpec(requests, "/colors", 10, headers, From.OUTSIDE));
    }

    private static Share share(String lab, String version) {
        return traffic.split(lab)
                .shares()
                .stream()
                .filter(share -> share.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    private static String headline(String lab) {
        return headline(lab, 200);
    }

    private static String headline(String lab, int expected) {
        var pictures = new ArrayBlockingQueue<LiveSnapshot>(100);
        try (Traffic.Watching _ = traffic.watch(lab, pictures::offer)) {
            LiveSnapshot picture = Awaitility.await().until(pictures::poll, Objects::nonNull);
            Split now = traffic.split(lab);
            LiveSnapshot fresh = new LiveSnapshot(now, picture.recent(), 0, Map.of(), 0, 0, List.of(), picture
                    .since());
            return Messages.of(server, Locale.ENGLISH)
                    .say(Verdict.on(fresh, expected))
                    .replace("&#39;", "'");
        }
    }
}

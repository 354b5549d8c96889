package dev.trafficlab.embedded.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;

import static org.assertj.core.api.Assertions.assertThat;

/** Retries, timeouts, outlier detection and circuit breaking. */
class ResilienceTests {

    @Test
    void aRetryGoesToAnotherPod() {
        CourseLab lab = CourseLab.routing("retries: {attempts: 2, retryOn: 5xx}").behave("colors-v1", failing(500));

        assertThat(lab.count(300, CourseLab.request("/"))).containsOnlyKeys("colors-v2", "colors-v3");
    }

    @Test
    void theRetryBudgetEndsWithTheLastAnswerAndItsFlag() {
        CourseLab lab = CourseLab.routing("retries: {attempts: 3, retryOn: 5xx}")
                .behave("colors-v1", failing(500))
                .behave("colors-v2", failing(500))
                .behave("colors-v3", failing(500));

        Answered answer = lab.get("/");

        assertThat(answer.response().status()).isEqualTo(500);
        assertThat(answer.flags()).containsExactly("URX");
        assertThat(lab.pods().takeCalls()).extracting(call -> call.request().headers().first("x-envoy-attempt-count"))
                .containsExactly(Optional.of("1"), Optional.of("2"), Optional.of("3"), Optional.of("4"));
    }

    @Test
    void oneTryMayTimeOutAndAnotherOneAnswer() {
        CourseLab lab = CourseLab.routing("retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx}")
                .behave("colors-v1",
                        new FakePods.Behavior(200, 5_000, false));

        assertThat(lab.count(200, CourseLab.request("/"))).containsOnlyKeys("colors-v2", "colors-v3");
    }

    @Test
    void theTimeoutOfARouteCoversAllTries() {
        CourseLab lab = CourseLab.routing("timeout: 2500ms\nretries: {attempts: 9, perTryTimeout: 1s, retryOn: 5xx}");
        List.of("colors-v1", "colors-v2", "colors-v3")
                .forEach(name -> lab.behave(name, new FakePods.Behavior(200, 60_000, false)));
        long before = lab.pods().millis();

        Answered answer = lab.get("/");

        assertThat(lab.pods().millis() - before).isEqualTo(2_500);
        assertThat(answer.response().status()).isEqualTo(504);
        assertThat(answer.response().text()).isEqualTo("upstream request timeout");
        assertThat(answer.flags()).containsExactly("UT");
    }

    @Test
    void appErrorsAreNotRetriedByDefault() {
        CourseLab lab = CourseLab.routing("").behave("colors-v1", failing(503));

        assertThat(lab.count(300, CourseLab.request("/"))).containsOnlyKeys("colors-v1", "colors-v2", "colors-v3");
    }

    @Test
    void aPodThatFailsInARowIsLeftOutForAWhile() {
        CourseLab lab = CourseLab.routing("")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec:
                          host: colors
                          trafficPolicy:
                            outlierDetection: {consecutive5xxErrors: 3, baseEjectionTime: 60s, maxEjectionPercent: 50}
                        """)
                .ready()
                .behave("colors-v1", failing(500));
        lab.count(100, CourseLab.request("/"));

        assertThat(lab.count(200, CourseLab.request("/"))).containsOnlyKeys("colors-v2", "colors-v3");

        lab.update();
        assertThat(lab.count(200, CourseLab.request("/"))).as("still out after an update").hasSize(2);
        lab.pods().forDuration(Duration.ofSeconds(61));
        assertThat(lab.count(200, CourseLab.request("/"))).containsKey("colors-v1");
    }

    /** Envoy's outlier_detection_impl.cc: 100 · (1 + ejected) / hosts must not exceed maxEjectionPercent, Istio's default being 10. */
    @Test
    void withTheDefaultShareOneOfThreeIsTooManyToEject() {
        CourseLab lab = CourseLab.routing("")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec: {host: colors, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 1}}}
                        """)
                .ready()
                .behave("colors-v1", failing(500));
        lab.count(50, CourseLab.request("/"));

        assertThat(lab.count(200, CourseLab.request("/"))).containsKey("colors-v1");
    }

    @Test
    void anEjectedPodsClientsMoveOnTheRingAndComeBack() {
        CourseLab lab = CourseLab.routing("")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec:
                          host: colors
                          trafficPolicy:
                            loadBalancer: {consistentHash: {useSourceIp: true}}
                            outlierDetection: {consecutive5xxErrors: 1, baseEjectionTime: 30s, maxEjectionPercent: 100}
                        """)
                .ready();
        String home = FakePods.deployment(lab.get("/").upstream().orElseThrow().pod());
        lab.behave(home, failing(500)).get("/");

        assertThat(lab.get("/").response().status()).isEqualTo(200);
        lab.behave(home, FakePods.Behavior.GOOD).pods().forDuration(Duration.ofSeconds(31));

        assertThat(FakePods.deployment(lab.get("/").upstream().orElseThrow().pod())).isEqualTo(home);
    }

    @Test
    void beyondConnectionsAndQueueRequestsOverflow() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Upstreams slow = (address, port, request, timeout) -> {
            inside.countDown();
            await(goOn);
            return AppResponse.of(200, "text/plain", "done");
        };
        Mesh mesh = meshWithOneConnection(slow);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MeshAnswer> first = clients.submit(() -> mesh.send(CourseLab.request("/")));
            inside.await();
            List<Future<MeshAnswer>> others = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                others.add(clients.submit(() -> mesh.send(CourseLab.request("/"))));
            }
            org.awaitility.Awaitility.await().until(() -> others.stream().anyMatch(Future::isDone));
            Answered overflow = (Answered) others.stream().filter(Future::isDone).findFirst().orElseThrow().get();
            goOn.countDown();

            assertThat(overflow.response().status()).isEqualTo(503);
            assertThat(overflow.flags()).containsExactly("UO");
            assertThat(overflow.response().text()).endsWith("reset reason: overflow");
            assertThat(overflow.response().headers().first("x-envoy-overloaded")).hasValue("true");
            assertThat(((Answered) first.get()).response().status()).isEqualTo(200);
            for (Future<MeshAnswer> other : others) {
                assertThat(other.get()).isInstanceOf(Answered.class);
            }
        }
    }

    private static void await(CountDownLatch latch) throws Upstreams.UpstreamFailure {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new Upstreams.UpstreamFailure(Upstreams.UpstreamFailure.Kind.RESET);
        }
    }

    private static Mesh meshWithOneConnection(Upstreams upstreams) {
        CourseLab lab = CourseLab.routing("")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec:
                          host: colors
                          trafficPolicy:
                            connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}
                        """)
                .ready();
        Mesh mesh = new Mesh(upstreams, new SplittableRandom(1), java.time.InstantSource.system());
        mesh.update(lab.objects());
        return mesh;
    }

    @Test
    void copiesNeverHoldUpNorChangeTheAnswer() {
        CourseLab lab = CourseLab.finished().with("""
                                                  kind: VirtualService
                                                  metadata: {name: colors}
                                                  spec:
                                                    hosts: ["*"]
                                                    gateways: [my-gateway]
                                                    http:
                                                    - mirror: {host: colors, subset: v2}
                                                      route: [{destination: {host: colors, subset: v1}}]
                                                  """).ready().behave("colors-v2", failing(500));

        Answered answer = lab.get("/");

        assertThat(answer.response().text()).isEqualTo("colors-v1-0");
        AppRequest copy = lab.pods()
                .takeCalls()
                .stream()
                .filter(FakePods.Call::mirrored)
                .findFirst()
                .orElseThrow()
                .request();
        assertThat(copy.host()).isEqualTo("localhost");
    }

    private static FakePods.Behavior failing(int status) {
        return new FakePods.Behavior(status, 0, false);
    }
}

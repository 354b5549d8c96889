package dev.trafficlab.embedded.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.api.PodAccess.LogLine;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.Upstreams.UpstreamFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class ContainerRuntimeTests {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    private static final PodIdentity COLORS = new PodIdentity("lab-a", "colors-1", "uid-1", "10.128.0.2");
    private static final AppRequest ROOT = AppRequest.of("GET", "colors", "/");

    private final List<MeshRequest> sent = new CopyOnWriteArrayList<>();
    private final ContainerRuntime runtime = new ContainerRuntime((namespace, request) -> {
        sent.add(request);
        return new MeshAnswer.ConnectionRefused("nobody listens");
    }, NOON);

    private LaunchOutcome launch(PodIdentity pod, String container, String id, String image,
            Map<String, String> variables) {
        runtime.add(pod);
        return runtime.launch(pod, new Launch(container, id, image, List.of(), variables));
    }

    @Test
    void appAnswersAtItsPodsAddressAndPortAlone() throws Exception {
        runtime.restored();
        assertThat(launch(COLORS, "colors", "1", "traffic-lab/colors:1", Map.of("COLOR", "teal"))).isEqualTo(
                new LaunchOutcome.Running());

        assertThat(runtime.call("lab-a", COLORS.ip(), 3000, ROOT).text()).contains("teal", "colors-1");
        assertThatThrownBy(() -> runtime.call("lab-a", COLORS.ip(), 80, ROOT)).isInstanceOf(IOException.class)
                .hasMessageContaining("refused");
        assertThatThrownBy(() -> runtime.call("lab-a", "10.128.0.3", 3000, ROOT)).isInstanceOf(IOException.class);
    }

    @Test
    void podsOfOtherNamespacesCannotBeReached() {
        runtime.restored();
        launch(COLORS, "colors", "1", "traffic-lab/colors:1", Map.of());

        assertThatThrownBy(() -> runtime.call("lab-b", COLORS.ip(), 3000, ROOT)).isInstanceOf(IOException.class);
        UpstreamFailure failure = catchThrowableOfType(UpstreamFailure.class,
                () -> runtime.upstreams("lab-b").call(COLORS.ip(), 3000, ROOT, Optional.empty()));
        assertThat(failure.kind()).isEqualTo(UpstreamFailure.Kind.REFUSED);
        assertThat(runtime.add(new PodIdentity("lab-b", "thief", "uid-2", COLORS.ip()))).isFalse();
    }

    @Test
    void whatAnAppDoesAfterItsAnswerEntersTheMeshFromItsPod() throws Exception {
        launch(COLORS, "colors", "1", "traffic-lab/colors:1", Map.of("COLOR", "teal", "LOG_BACKEND", "logger-backend"));

        AppResponse answer = runtime.upstreams("lab-a").call(COLORS.ip(), 3000, ROOT, Optional.empty());

        assertThat(answer.afterwards()).isSameAs(AppResponse.NOTHING);
        await().untilAsserted(() -> assertThat(sent).singleElement().satisfies(request -> {
            assertThat(request.origin()).isEqualTo(new MeshRequest.FromPod("lab-a", "colors-1"));
            assertThat(request.authority()).isEqualTo("logger-backend");
            assertThat(request.body().stream()).hasContent("{\"color\":\"teal\"}");
        }));
        await().untilAsserted(() -> assertThat(lines("colors")).last()
                .asString()
                .contains("could not report",
                        "nobody listens"));
    }

    @Test
    void callerWithALimitDoesNotWaitBeyondIt() {
        CountDownLatch never = new CountDownLatch(1);
        ContainerRuntime slow = new ContainerRuntime((namespace, request) -> {
            waitFor(never);
            return new MeshAnswer.ConnectionRefused("too late");
        }, NOON);
        PodIdentity frontend = new PodIdentity("lab-a", "frontend", "uid-9", "10.128.0.9");
        slow.add(frontend);
        slow.launch(frontend, new Launch("app", "1", "traffic-lab/logger-frontend:1", List.of(), Map.of()));

        UpstreamFailure failure = catchThrowableOfType(UpstreamFailure.class, () -> slow.upstreams("lab-a")
                .call(frontend.ip(), 3000, AppRequest.of("GET", "x", "/data"), Optional.of(Duration.ofMillis(5))));

        assertThat(failure.kind()).isEqualTo(UpstreamFailure.Kind.TIMEOUT);
        never.countDown();
    }

    @Test
    void runThatIsStartedTwiceGoesOn() throws Exception {
        runtime.restored();
        PodIdentity backend = new PodIdentity("lab-a", "backend", "uid-3", "10.128.0.4");
        launch(backend, "app", "run-1", "traffic-lab/logger-backend:1", Map.of());
        AppRequest count = new AppRequest("POST", "x", "/", dev.trafficlab.demo.Headers.none(), "{\"color\":\"teal\"}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        runtime.call("lab-a", backend.ip(), 3000, count);

        launch(backend, "app", "run-1", "traffic-lab/logger-backend:1", Map.of());
        assertThat(runtime.call("lab-a", backend.ip(), 3000, ROOT).text()).isEqualTo("{\"teal\":1}");

        launch(backend, "app", "run-2", "traffic-lab/logger-backend:1", Map.of());
        assertThat(runtime.call("lab-a", backend.ip(), 3000, ROOT).text()).isEqualTo("{}");
    }

    @Test
    void callsWaitForPodsThatAreStillComingBack() throws Exception {
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return runtime.call("lab-a", COLORS.ip(), 3000, ROOT).text();
            } catch (IOException e) {
                return "refused";
            }
        });
        launch(COLORS, "colors", "1", "traffic-lab/colors:1", Map.of("COLOR", "teal"));
        runtime.restored();

        assertThat(answer.get(10, TimeUnit.SECONDS)).contains("teal");
    }

    @Test
    void logKeepsTheNewestLinesAndTellsFollowersUntilTheEnd() throws Exception {
        ContainerLog log = new ContainerLog(NOON);
        List<String> followed = new ArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        log.add("before");
        try (AutoCloseable first = log.follow(line -> followed.add("closed early"), () -> {})) {
            assertThat(first).isNotNull();
        }
        log.follow(line -> followed.add(line.text()), () -> ended.set(true));
        for (int i = 0; i < 200; i++) {
            log.add("line " + i);
        }
        log.end();

        assertThat(log.lines()).hasSizeBetween(20, 64).last().isEqualTo(new LogLine(NOON.instant(), "line 199"));
        assertThat(followed).hasSize(200).startsWith("line 0");
        assertThat(ended).isTrue();
    }

    @Test
    void imagesAreKnownWithAndWithoutTheirRegistry() {
        assertThat(runtime.hasImage("traffic-lab/colors:1")).isTrue();
        assertThat(runtime.hasImage("docker.io/traffic-lab/colors:1")).isTrue();
        assertThat(runtime.hasImage("docker.io/istio/proxyv2:1.30.0")).isTrue();
        assertThat(runtime.hasImage("traffic-lab/colors")).isFalse();
        assertThat(runtime.hasImage("traffic-lab/colors:2")).isFalse();
    }

    private List<String> lines(String container) {
        return runtime.logs("lab-a", COLORS.name(), container).stream().map(LogLine::text).toList();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            var _ = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

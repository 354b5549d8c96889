package dev.trafficlab.embedded.controller.pod;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.PodAccess.LogLine;
import dev.trafficlab.embedded.controller.ControlPlane;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.Pods;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.store.ObjectEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PodControllerTests {

    private static final String NS = "lab-pods";

    private final List<ControlPlane> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(ControlPlane::close);
    }

    private ControlPlane start(Duration phase) {
        ControlPlane cluster = ControlPlane.start(phase);
        started.add(cluster);
        cluster.namespace(NS);
        return cluster;
    }

    private static String pod(String spec) {
        return """
               apiVersion: v1
               kind: Pod
               metadata: {name: one, labels: {app: one}}
               spec:
               """ + spec.indent(2);
    }

    private static String container(String image, String more) {
        return "containers:\n- name: app\n  image: \"" + image + "\"\n" + more.indent(2);
    }

    private Resource awaitPod(ControlPlane cluster, java.util.function.Predicate<Resource> wanted) {
        await().untilAsserted(() -> assertThat(cluster.get(Kind.POD, NS, "one")).matches(wanted));
        return cluster.get(Kind.POD, NS, "one");
    }

    @Test
    void podGoesThroughItsPhasesInOrder() {
        ControlPlane cluster = start(Duration.ofMillis(30));
        List<String> seen = new CopyOnWriteArrayList<>();
        cluster.store.watch(Kind.POD.resource(), NS, cluster.store.revision(), event -> {
            JsonNode status = event.object().value().path("status");
            String waiting = ContainerStatus.waitingReason(status.at("/containerStatuses/0"));
            String state = event.type() == ObjectEvent.Type.DELETED ? "gone"
                    : status.path("phase").asText() + " " + waiting;
            if (seen.isEmpty() || !Objects.equals(seen.getLast(), state)) {
                seen.add(state);
            }
        });
        cluster.create(NS, pod(container("traffic-lab/echo:1", "")));
        Resource ready = awaitPod(cluster, Pods::isReady);
        cluster.state.delete(Kind.POD, ready);

        await().untilAsserted(() -> assertThat(seen).containsExactly("Pending ", "Pending ContainerCreating",
                "Running ", "gone"));
        for (String reason : List.of("Scheduled", "Pulled", "Created", "Started", "Killing")) {
            await().untilAsserted(() -> assertThat(cluster.events(NS, reason)).as(reason).hasSize(1));
        }
    }

    @Test
    void endedPodIsOffTheNetwork() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/echo:1", "")));
        Resource ready = awaitPod(cluster, Pods::isReady);
        assertThat(cluster.call(ready, "GET", "").status()).isEqualTo(200);

        cluster.state.delete(Kind.POD, ready);

        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.POD, NS)).isEmpty());
        await().untilAsserted(() -> assertThatThrownBy(() -> cluster.call(ready, "GET", "")).hasMessageContaining(
                "connection refused"));
    }

    @Test
    void unknownImageIsTriedThenBackedOff() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("nobody/knows:7", "")));

        Resource pod = awaitPod(cluster, found -> waiting(found).equals("ImagePullBackOff"));

        assertThat(Pods.phase(pod)).isEqualTo("Pending");
        assertThat(pod.status().at("/containerStatuses/0/state/waiting/message").asText()).contains("nobody/knows:7");
        await().untilAsserted(() -> assertThat(cluster.events(NS, "Failed")).anyMatch(message -> message.contains(
                "not found"))
                .contains("Error: ErrImagePull", "Error: ImagePullBackOff"));
        await().untilAsserted(() -> assertThat(cluster.events(NS, "Pulling")).containsExactly(
                "Pulling image \"nobody/knows:7\""));
    }

    @Test
    void imageMadeKnownLaterIsStarted() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("nobody/knows:7", "")));
        awaitPod(cluster, found -> waiting(found).equals("ImagePullBackOff"));

        cluster.edit(Kind.POD, NS, "one", object -> ((com.fasterxml.jackson.databind.node.ObjectNode) object.at(
                "/spec/containers/0"))
                .put("image", "traffic-lab/echo:1"));

        awaitPod(cluster, Pods::isReady);
    }

    @Test
    void appThatRefusesItsEnvironmentCrashesAndSaysWhyInItsLog() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/colors:1",
                "env: [{name: LOG_BACKEND, value: \"http://logger\"}]")));

        Resource pod = awaitPod(cluster, found -> waiting(found).equals("CrashLoopBackOff"));

        assertThat(pod.status().at("/containerStatuses/0/lastState/terminated/exitCode").asInt()).isEqualTo(1);
        assertThat(pod.status().at("/containerStatuses/0/state/waiting/message").asText()).contains("back-off 10s");
        assertThat(cluster.runtime.logs(NS, "one", "app")).extracting(LogLine::text)
                .last()
                .asString()
                .contains("LOG_BACKEND", "http://logger");
        await().untilAsserted(() -> assertThat(cluster.events(NS, "BackOff")).hasSize(1));
        assertThat(Pods.isReady(pod)).isFalse();
    }

    @Test
    void commandThatTheImageDoesNotHoldCannotStart() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/echo:1", "command: [sleep, \"10\"]")));

        Resource pod = awaitPod(cluster, found -> waiting(found).equals("CrashLoopBackOff"));

        JsonNode terminated = pod.status().at("/containerStatuses/0/lastState/terminated");
        assertThat(terminated.path("reason").asText()).isEqualTo("StartError");
        assertThat(terminated.path("message").asText()).contains("\"sleep\"", "not found");
    }

    @Test
    void variablesComeFromConfigMapsAndFromThePodItself() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, """
                           apiVersion: v1
                           kind: ConfigMap
                           metadata: {name: paint}
                           data: {shade: teal}
                           """);
        cluster.create(NS, pod(container("traffic-lab/colors:1",
                """
                env:
                - {name: SHADE, valueFrom: {configMapKeyRef: {name: paint, key: shade}}}
                - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - {name: COLOR, value: "$(SHADE) of $(ME) $$(SHADE) $(NOBODY)"}
                """)));

        Resource pod = awaitPod(cluster, Pods::isReady);

        assertThat(cluster.call(pod, "GET", "").text()).contains("<h1>teal of one $(SHADE) $(NOBODY)</h1>");
    }

    @Test
    void missingConfigMapIsNamed() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/colors:1",
                "env: [{name: COLOR, valueFrom: {configMapKeyRef: {name: paint, key: shade}}}]")));

        Resource pod = awaitPod(cluster, found -> waiting(found).equals("CreateContainerConfigError"));

        assertThat(pod.status().at("/containerStatuses/0/state/waiting/message").asText()).isEqualTo(
                "configmap \"paint\" not found");
    }

    @Test
    void podThatNoNodeSuitsStaysPending() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod("nodeSelector: {disk: fast}\n" + container("traffic-lab/echo:1", "")));

        await().untilAsserted(() -> assertThat(cluster.events(NS, "FailedScheduling")).hasSize(1));
        Resource pod = cluster.get(Kind.POD, NS, "one");
        assertThat(Pods.phase(pod)).isEqualTo("Pending");
        assertThat(Pods.hasNode(pod)).isFalse();
    }

    @Test
    void readinessProbeAtAPortWhereNobodyListensKeepsThePodUnready() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/echo:1", "readinessProbe: {httpGet: {path: /, port: 8080}}")));

        Resource pod = awaitPod(cluster, found -> Pods.phase(found).equals("Running"));

        assertThat(Pods.isReady(pod)).isFalse();
        await().untilAsserted(() -> assertThat(cluster.events(NS, "Unhealthy")).anyMatch(message -> message.contains(
                ":8080") && message.contains("refused")));
    }

    @Test
    void readinessProbeThatTheAppAnswersMakesThePodReady() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/echo:1",
                "ports: [{name: web, containerPort: 3000}]\nreadinessProbe: {httpGet: {path: /healthy, port: web}}")));

        awaitPod(cluster, Pods::isReady);
    }

    @Test
    void secondAppThatWantsTheSamePortCrashes() {
        ControlPlane cluster = start(Duration.ZERO);
        cluster.create(NS, pod(container("traffic-lab/echo:1", "")
                + "- {name: twin, image: \"traffic-lab/echo:1\"}\n"));

        Resource pod = awaitPod(cluster, found -> ContainerStatus.waitingReason(found.status()
                .at("/containerStatuses/1")).equals("CrashLoopBackOff"));

        assertThat(pod.status().at("/containerStatuses/0/ready").asBoolean()).isTrue();
        assertThat(cluster.runtime.logs(NS, "one", "twin")).extracting(LogLine::text)
                .anyMatch(line -> line.contains("port 3000"));
    }

    private static String waiting(Resource pod) {
        return ContainerStatus.waitingReason(pod.status().at("/containerStatuses/0"));
    }
}

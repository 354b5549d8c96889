package dev.trafficlab.embedded.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.ThreadLocalDice;
import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.api.Quota;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.controller.workload.PodCreation;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.runtime.Network;
import dev.trafficlab.embedded.store.ObjectStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The controllers at work on a store, without any API or mesh before them. */
public final class ControlPlane implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Network NOWHERE = (namespace, request) -> new MeshAnswer.ConnectionRefused("there is no mesh");

    public final ObjectStore store;
    final Objects objects;
    public final ContainerRuntime runtime;
    public final ObjectClient state;
    private final Controllers controllers;

    private ControlPlane(Optional<Path> file, Duration podPhase) {
        InstantSource clock = InstantSource.system();
        store = ObjectStore.open(file);
        objects = new Objects(store, clock, new PodCreation(store), Quota.unlimited());
        runtime = new ContainerRuntime(NOWHERE, clock);
        state = new ObjectClient(store, objects);
        controllers = Controllers.start(store, objects, runtime, clock, new ThreadLocalDice(),
                podPhase,
                namespace -> new Controllers.MeshFindings(List.of(), List.of()));
    }

    public static ControlPlane start() {
        return new ControlPlane(Optional.empty(), Duration.ZERO);
    }

    public static ControlPlane start(Path file) {
        return new ControlPlane(Optional.of(file), Duration.ZERO);
    }

    public static ControlPlane start(Duration podPhase) {
        return new ControlPlane(Optional.empty(), podPhase);
    }

    /** A namespace with the labels. */
    public void namespace(String name, String... labels) {
        ObjectNode namespace = ObjectClient.draft(Kind.NAMESPACE, "", name);
        for (int i = 0; i + 1 < labels.length; i += 2) {
            namespace.withObject("/metadata/labels").put(labels[i], labels[i + 1]);
        }
        namespace.putObject("spec").putArray("finalizers").add("kubernetes");
        state.create(Kind.NAMESPACE, namespace);
    }

    /** Creates every object of the YAML text in the namespace. */
    public void create(String namespace, String yaml) {
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            ObjectNode object = JSON.valueToTree(document);
            object.withObject("/metadata").put("namespace", namespace);
            objects.create(type(object), object);
        }
    }

    void createFile(String namespace, String manifest) {
        try {
            create(namespace, Files.readString(Path.of("../manifests/traffic-weighting", manifest)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResourceType type(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1),
                object.path("kind").asText()).orElseThrow();
    }

    public void edit(Kind kind, String namespace, String name, Consumer<ObjectNode> change) {
        objects.edit(kind.type(), namespace, name, object -> {
            change.accept(object);
            return object;
        });
    }

    void delete(Kind kind, String namespace, String name, Deletion deletion) {
        objects.delete(kind.type(), namespace, name, deletion);
    }

    public Resource get(Kind kind, String namespace, String name) {
        return state.find(kind, namespace, name)
                .orElseThrow(() -> new AssertionError(kind + " " + name
                        + " is missing"));
    }

    /** The namespace's pods that are not on their way out, by name. */
    public List<Resource> pods(String namespace) {
        return state.list(Kind.POD, namespace)
                .stream()
                .filter(pod -> !pod.isTerminating())
                .sorted(Comparator.comparing(Resource::name))
                .toList();
    }

    public List<String> events(String namespace, String reason) {
        return state.list(Kind.EVENT, namespace)
                .stream()
                .filter(event -> event.json().path("reason").asText().equals(reason))
                .map(event -> event.json().path("message").asText())
                .toList();
    }

    /** Waits until so many pods are there and all of them are ready. */
    public List<Resource> awaitReadyPods(String namespace, int count) {
        await().untilAsserted(() -> {
            assertThat(pods(namespace)).hasSize(count);
            assertThat(pods(namespace)).allMatch(Pods::isReady);
        });
        return pods(namespace);
    }

    /** Waits until the Deployment's rollout is complete, by the rule of {@code kubectl rollout status}. */
    public Resource awaitRolledOut(String namespace, String deployment) {
        await().untilAsserted(() -> {
            Resource now = get(Kind.DEPLOYMENT, namespace, deployment);
            int replicas = now.spec().path("replicas").asInt();
            assertThat(now.status().path("observedGeneration").asLong()).isEqualTo(now.generation());
            for (String count : List.of("replicas", "updatedReplicas", "availableReplicas")) {
                assertThat(now.status().path(count).asInt()).as(count).isEqualTo(replicas);
            }
        });
        return get(Kind.DEPLOYMENT, namespace, deployment);
    }

    public static void setImage(ObjectNode deployment, String image) {
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).put("image", image);
    }

    public static void restart(ObjectNode deployment, String at) {
        deployment.withObject("/spec/template/metadata/annotations").put("kubectl.kubernetes.io/restartedAt", at);
    }

    public AppResponse call(Resource pod, String method, String body) {
        try {
            AppRequest request = new AppRequest(method, "test", "/", dev.trafficlab.demo.Headers.none(),
                    body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return runtime.call(pod.namespace(), Pods.ip(pod), ContainerRuntime.PORT, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static final UnaryOperator<String> ECHO = name -> """
                                                             apiVersion: apps/v1
                                                             kind: Deployment
                                                             metadata: {name: %1$s}
                                                             spec:
                                                               replicas: 2
                                                               selector: {matchLabels: {app: %1$s}}
                                                               template:
                                                                 metadata: {labels: {app: %1$s}}
                                                                 spec:
                                                                   containers:
                                                                   - {name: echo, image: "traffic-lab/echo:1"}
                                                             """.formatted(name);

    @Override
    public void close() {
        controllers.close();
        store.close();
    }
}

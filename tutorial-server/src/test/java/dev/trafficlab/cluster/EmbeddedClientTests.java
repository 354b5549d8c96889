package dev.trafficlab.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.istio.api.networking.v1.VirtualServiceBuilder;
import io.fabric8.istio.client.IstioClient;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** What fabric8's client relies on, against the whole embedded cluster. */
class EmbeddedClientTests {

    private static final String NAMESPACE = "conformance";

    private static EmbeddedCluster cluster;
    private static KubernetesClient client;

    @BeforeAll
    static void start() {
        cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());
        client = EmbeddedClient.of(cluster.api());
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @BeforeEach
    void createNamespace() {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build()).create();
    }

    @AfterEach
    void deleteNamespace() {
        client.namespaces().withName(NAMESPACE).delete();
        client.namespaces().withName(NAMESPACE).waitUntilCondition(java.util.Objects::isNull, 20, TimeUnit.SECONDS);
    }

    @Test
    void anAppliedObjectBelongsToItsManager() {
        ConfigMap applied = apply("alice", configMap("a", "x", "1"));

        assertThat(applied.getMetadata().getManagedFields()).singleElement().satisfies(entry -> {
            assertThat(entry.getManager()).isEqualTo("alice");
            assertThat(entry.getOperation()).isEqualTo("Apply");
        });
        assertThat(apply("alice", configMap("a", "x", "1")).getMetadata().getResourceVersion())
                .isEqualTo(applied.getMetadata().getResourceVersion());
    }

    @Test
    void anApplyThatCollidesNamesTheOtherManager() {
        apply("alice", configMap("a", "x", "1"));

        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
                () -> apply("bob", configMap("a", "x", "2")));

        assertThat(refusal.getCode()).isEqualTo(409);
        assertThat(refusal.getStatus().getMessage()).isEqualTo(
                "Apply failed with 1 conflict: conflict with \"alice\": .data.x");
        assertThat(refusal.getStatus().getDetails().getCauses()).extracting(StatusCause::getReason)
                .containsExactly("FieldManagerConflict");
        ConfigMap forced = client.resource(configMap("a", "x", "2"))
                .fieldManager("bob")
                .forceConflicts()
                .serverSideApply();
        assertThat(forced.getData()).containsEntry("x", "2");
    }

    @Test
    void anApplyTakesAwayWhatItNoLongerNames() {
        apply("alice", new ConfigMapBuilder(configMap("a", "x", "1")).addToData("y", "2").build());

        assertThat(apply("alice", configMap("a", "x", "1")).getData()).containsExactly(Map.entry("x", "1"));
    }

    @Test
    void aDryRunWritesNothing() {
        client.resource(configMap("a", "x", "1")).dryRun(true).create();

        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("a").get()).isNull();
    }

    @Test
    void aSecondCreateIsRefused() {
        client.resource(configMap("a", "x", "1")).create();

        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
                () -> client.resource(configMap("a", "x", "1")).create());

        assertThat(refusal.getStatus().getReason()).isEqualTo("AlreadyExists");
        assertThat(refusal.getStatus().getMessage()).isEqualTo("configmaps \"a\" already exists");
    }

    @Test
    void aStaleUpdateIsRefused() {
        ConfigMap first = client.resource(configMap("a", "x", "1")).create();
        client.configMaps()
                .inNamespace(NAMESPACE)
                .withName("a")
                .edit(map -> new ConfigMapBuilder(map).addToData("x",
                        "2").build());

        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
                () -> client.resource(new ConfigMapBuilder(first).addToData("x", "3").build()).update());

        assertThat(refusal.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(refusal.getStatus().getMessage()).isEqualTo(
                "Operation cannot be fulfilled on configmaps \"a\": the object has been "
                        + "modified; please apply your changes to the latest version and try again");
    }

    @Test
    void concurrentEditsAllCount() {
        client.resource(configMap("a", "n", "0")).create();
        IntStream.range(0, 40).parallel().forEach(_ -> {
            boolean done = false;
            while (!done) {
                ConfigMap map = client.configMaps().inNamespace(NAMESPACE).withName("a").get();
                int next = Integer.parseInt(map.getData().get("n")) + 1;
                done = isWritten(new ConfigMapBuilder(map).addToData("n", Integer.toString(next)).build());
            }
        });

        assertThat(client.configMaps().inNamespace(NAMESPACE).withName("a").get().getData()).containsEntry("n", "40");
    }

    private static boolean isWritten(ConfigMap map) {
        try {
            client.resource(map).update();
            return true;
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).isEqualTo(409);
            return false;
        }
    }

    @Test
    void patchesOfEachType() {
        deploy("web", 1);
        var web = client.apps().deployments().inNamespace(NAMESPACE).withName("web");

        web.patch(PatchContext.of(PatchType.JSON),
                "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"a\":\"1\"}}]");
        web.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"b\":\"2\"}}}");
        Deployment patched = web.patch(PatchContext.of(PatchType.STRATEGIC_MERGE),
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"web\",\"env\":[{\"name\":\"A\",\"value\":\"b\"}]}]}}}}");

        assertThat(patched.getMetadata().getLabels()).containsEntry("a", "1").containsEntry("b", "2");
        assertThat(patched.getSpec().getTemplate().getSpec().getContainers()).singleElement()
                .satisfies(container -> assertThat(container.getImage()).isEqualTo("traffic-lab/echo:1"));
    }

    @Test
    void aCustomKindTakesNoStrategicPatch() {
        client.resource(virtualService("vs")).create();

        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
                () -> client.resource(virtualService("vs"))
                        .patch(PatchContext.of(PatchType.STRATEGIC_MERGE),
                                "{\"spec\":{}}"));

        assertThat(refusal.getStatus().getReason()).isEqualTo("UnsupportedMediaType");
    }

    @Test
    void allIstioVersionsShowOneObject() {
        client.resource(virtualService("vs")).create();
        IstioClient istio = client.adapt(IstioClient.class);

        assertThat(istio.v1().virtualServices().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
        assertThat(istio.v1alpha3().virtualServices().inNamespace(NAMESPACE).withName("vs").get()).satisfies(old -> {
            assertThat(old.getApiVersion()).isEqualTo("networking.istio.io/v1alpha3");
            assertThat(old.getSpec().getHosts()).containsExactly("colors");
        });
        istio.v1beta1().virtualServices().inNamespace(NAMESPACE).withName("vs").edit(vs -> {
            vs.getSpec().setHosts(List.of("other"));
            return vs;
        });
        assertThat(client.resources(VirtualService.class)
                .inNamespace(NAMESPACE)
                .withName("vs")
                .get()
                .getSpec()
                .getHosts())
                .containsExactly("other");
    }

    @Test
    void listsPageByPage() {
        IntStream.range(0, 25).forEach(i -> client.resource(configMap("m" + (char) ('a' + i), "x", "1")).create());
        List<String> names = new java.util.ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            ConfigMapList page = client.configMaps()
                    .inNamespace(NAMESPACE)
                    .list(new ListOptionsBuilder().withLimit(10L).withContinue(token).build());
            page.getItems().forEach(map -> names.add(map.getMetadata().getName()));
            token = page.getMetadata().getContinue();
            pages++;
        } while (token != null && !token.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(names).filteredOn(name -> name.startsWith("m")).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void selectsByLabelsAndFields() {
        client.resource(labelled("red", "red")).create();
        client.resource(labelled("green", "green")).create();
        client.resource(configMap("none", "x", "1")).create();
        var maps = client.configMaps().inNamespace(NAMESPACE);

        assertThat(names(maps.withLabel("color", "red").list())).containsExactly("red");
        assertThat(names(maps.withLabelIn("color", "red", "green").list())).containsExactly("green", "red");
        assertThat(names(maps.withLabelNotIn("color", "red").withField("metadata.name", "none").list()))
                .containsExactly("none");
        assertThat(names(maps.withLabel("color").withoutLabel("color", "red").list())).containsExactly("green");
    }

    @Test
    void aWatchGoesOnFromARevision() throws Exception {
        ConfigMap first = client.resource(configMap("a", "x", "1")).create();
        client.configMaps()
                .inNamespace(NAMESPACE)
                .withName("a")
                .edit(map -> new ConfigMapBuilder(map).addToData("x",
                        "2").build());
        Queue<String> events = new ConcurrentLinkedQueue<>();

        try (var _ = client.configMaps()
                .inNamespace(NAMESPACE)
                .watch(new ListOptionsBuilder().withResourceVersion(first.getMetadata().getResourceVersion()).build(),
                        recorder(events))) {
            client.configMaps().inNamespace(NAMESPACE).withName("a").delete();
            await().untilAsserted(() -> assertThat(events).contains("MODIFIED a 2", "DELETED a 2")
                    .doesNotContain("ADDED a 1"));
        }
    }

    @Test
    void anObjectThatNoLongerMatchesIsGoneForTheWatcher() {
        client.resource(labelled("a", "red")).create();
        Queue<String> events = new ConcurrentLinkedQueue<>();
        try (var _ = client.configMaps().inNamespace(NAMESPACE).withLabel("color", "red").watch(recorder(events))) {
            client.configMaps()
                    .inNamespace(NAMESPACE)
                    .withName("a")
                    .edit(map -> new ConfigMapBuilder(map).editMetadata()
                            .addToLabels("color", "green")
                            .endMetadata()
                            .build());
            client.configMaps()
                    .inNamespace(NAMESPACE)
                    .withName("a")
                    .edit(map -> new ConfigMapBuilder(map).editMetadata()
                            .addToLabels("color", "red")
                            .endMetadata()
                            .build());
            await().untilAsserted(() -> assertThat(events).containsExactly("ADDED a 1", "DELETED a 1", "ADDED a 1"));
        }
    }

    @Test
    void anInformerKeepsUpThroughResyncAndReconnect() {
        Queue<String> deleted = new ConcurrentLinkedQueue<>();
        try (SharedIndexInformer<ConfigMap> informer = client.configMaps()
                .inNamespace(NAMESPACE)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(ConfigMap map) {}

                    @Override
                    public void onUpdate(ConfigMap before, ConfigMap after) {}

                    @Override
                    public void onDelete(ConfigMap map, boolean unknownState) {
                        deleted.add(map.getMetadata().getName());
                    }
                }, Duration.ofMillis(50).toMillis())) {
            client.resource(configMap("a", "x", "1")).create();
            await().untilAsserted(() -> assertThat(informer.getIndexer().getByKey(NAMESPACE + "/a")).isNotNull());
            client.configMaps().inNamespace(NAMESPACE).withName("a").delete();
            await().untilAsserted(() -> assertThat(deleted).containsExactly("a"));
            assertThat(informer.getIndexer().getByKey(NAMESPACE + "/a")).isNull();
            assertThat(informer.isWatching()).isTrue();
        }
    }

    @Test
    void podsBecomeReadyAndTellWhatTheyDo() throws Exception {
        deploy("web", 2);

        Deployment ready = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("web")
                .waitUntilReady(20,
                        TimeUnit.SECONDS);
        List<Pod> pods = client.pods().inNamespace(NAMESPACE).withLabel("app", "web").list().getItems();

        assertThat(ready.getStatus().getReadyReplicas()).isEqualTo(2);
        assertThat(pods).hasSize(2).allSatisfy(pod -> assertThat(pod.getStatus().getPodIP()).isNotBlank());
        String pod = pods.getFirst().getMetadata().getName();
        assertThat(client.pods().inNamespace(NAMESPACE).withName(pod).getLog()).isNotNull();
        try (var follow = client.pods().inNamespace(NAMESPACE).withName(pod).watchLog()) {
            assertThat(follow.getOutput()).isNotNull();
        }
    }

    @Test
    void scalesAndRestarts() {
        deploy("web", 1);
        var web = client.apps().deployments().inNamespace(NAMESPACE).withName("web");
        web.waitUntilReady(20, TimeUnit.SECONDS);

        assertThat(web.scale(3).getSpec().getReplicas()).isEqualTo(3);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(web.get().getStatus().getReadyReplicas()).isEqualTo(3));
        web.rolling().restart();
        assertThat(web.get().getSpec().getTemplate().getMetadata().getAnnotations())
                .containsKey("kubectl.kubernetes.io/restartedAt");
    }

    @Test
    void anOwnerDeletedInTheForegroundTakesItsDependentsAlong() {
        deploy("web", 1);
        client.apps().deployments().inNamespace(NAMESPACE).withName("web").waitUntilReady(20, TimeUnit.SECONDS);

        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName("web")
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(client.apps().deployments().inNamespace(NAMESPACE).withName("web").get()).isNull();
            assertThat(client.apps().replicaSets().inNamespace(NAMESPACE).list().getItems()).isEmpty();
            assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
        });
    }

    @Test
    void aFinalizerHoldsAnObjectBack() {
        client.resource(new ConfigMapBuilder(configMap("a", "x", "1")).editMetadata()
                .addToFinalizers("example.com/hold")
                .endMetadata()
                .build()).create();
        var held = client.configMaps().inNamespace(NAMESPACE).withName("a");

        held.delete();
        assertThat(held.get().getMetadata().getDeletionTimestamp()).isNotNull();
        held.edit(map -> new ConfigMapBuilder(map).editMetadata().withFinalizers(List.of()).endMetadata().build());

        assertThat(held.get()).isNull();
    }

    @Test
    void theServiceProxyReachesAnApp() {
        deploy("web", 1);
        client.apps().deployments().inNamespace(NAMESPACE).withName("web").waitUntilReady(20, TimeUnit.SECONDS);
        client.services()
                .inNamespace(NAMESPACE)
                .resource(new io.fabric8.kubernetes.api.model.ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "web")
                        .addNewPort()
                        .withName("http")
                        .withPort(80)
                        .withNewTargetPort(3000)
                        .endPort()
                        .endSpec()
                        .build())
                .create();

        String answer = client.raw("/api/v1/namespaces/" + NAMESPACE + "/services/web:http/proxy/some/path?q=1");

        assertThat(answer).contains("\"path\":\"/some/path?q=1\"");
        assertThat(client.raw("/api/v1/namespaces/" + NAMESPACE + "/services/web:80/proxy/")).contains(
                "\"method\":\"GET\"");
    }

    @Test
    void aNamespaceThatIsNotThereTakesNothing() {
        KubernetesClientException refusal = catchThrowableOfType(KubernetesClientException.class,
                () -> client.resource(new ConfigMapBuilder(configMap("a", "x", "1")).editMetadata()
                        .withNamespace("nowhere")
                        .endMetadata()
                        .build()).create());

        assertThat(refusal.getStatus().getMessage()).isEqualTo("namespaces \"nowhere\" not found");
    }

    @Test
    void saysWhatItServes() {
        assertThat(client.supports(VirtualService.class)).isTrue();
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("34");
        assertThat(client.getApiGroups().getGroups()).extracting("name").contains("apps", "networking.istio.io");
        assertThat(client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("create")
                        .withResource("pods")
                        .withNamespace(NAMESPACE)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed()).isTrue();
    }

    private static ConfigMap apply(String manager, ConfigMap map) {
        return client.resource(map).fieldManager(manager).serverSideApply();
    }

    private static ConfigMap configMap(String name, String key, String value) {
        return new ConfigMapBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToData(key, value)
                .build();
    }

    private static ConfigMap labelled(String name, String color) {
        return new ConfigMapBuilder(configMap(name, "x", "1")).editMetadata()
                .addToLabels("color", color)
                .endMetadata()
                .build();
    }

    private static List<String> names(ConfigMapList list) {
        return list.getItems()
                .stream()
                .map(map -> map.getMetadata().getName())
                .filter(name -> !name.startsWith("kube-"))
                .toList();
    }

    private static void deploy(String name, int replicas) {
        client.resource(new DeploymentBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(name)
                .withImage("traffic-lab/echo:1")
                .addNewPort()
                .withContainerPort(3000)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build()).create();
    }

    private static VirtualService virtualService(String name) {
        return new VirtualServiceBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withHosts("colors")
                .addNewHttp()
                .addNewRoute()
                .withNewDestination()
                .withHost("colors")
                .endDestination()
                .endRoute()
                .endHttp()
                .endSpec()
                .build();
    }

    private static Watcher<ConfigMap> recorder(Queue<String> events) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                if (!map.getMetadata().getName().startsWith("kube-")) {
                    events.add(action + " " + map.getMetadata().getName() + " " + map.getData().get("x"));
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        };
    }
}

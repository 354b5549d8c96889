package dev.trafficlab.embedded.controller.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.controller.Conditions;
import dev.trafficlab.embedded.controller.ControlPlane;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.Pods;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.pod.ContainerStatus;
import dev.trafficlab.embedded.store.ObjectEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DeploymentControllerTests {

    private static final String NS = "lab-deploy";

    private final ControlPlane cluster = ControlPlane.start();

    @BeforeEach
    void createTheNamespace() {
        cluster.namespace(NS);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void podsAreNamedAfterTheirReplicaSetAndCarryItsHash() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource set = onlySet(cluster.awaitReadyPods(NS, 2));

        assertThat(set.name()).matches("web-[bcdfghjklmnpqrstvwxz2456789]{5,10}");
        assertThat(cluster.pods(NS)).allSatisfy(pod -> {
            assertThat(pod.name()).matches(set.name() + "-[bcdfghjklmnpqrstvwxz2456789]{5}");
            assertThat(pod.labels()).containsEntry("pod-template-hash", set.labels().get("pod-template-hash"));
        });
        await().untilAsserted(() -> assertThat(cluster.events(NS, "ScalingReplicaSet"))
                .containsExactly("Scaled up replica set " + set.name() + " from 0 to 2"));
        await().untilAsserted(() -> assertThat(cluster.events(NS, "SuccessfulCreate")).hasSize(2));
    }

    @Test
    void conditionsTellThatTheRolloutIsDone() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource web = cluster.awaitRolledOut(NS, "web");

        await().untilAsserted(() -> {
            JsonNode status = cluster.get(Kind.DEPLOYMENT, NS, "web").status();
            assertThat(Conditions.isTrue(status, "Available")).isTrue();
            assertThat(Conditions.find(status, "Progressing").orElseThrow().path("reason").asText())
                    .isEqualTo("NewReplicaSetAvailable");
        });
        assertThat(web.annotation("deployment.kubernetes.io/revision")).contains("1");
    }

    @Test
    void restartReplacesEveryPodAndKeepsEnoughOfThemAvailable() {
        cluster.create(NS, ControlPlane.ECHO.apply("web").replace("replicas: 2", "replicas: 4"));
        List<Resource> before = cluster.awaitReadyPods(NS, 4);
        List<String> broken = watchAvailability(3, 5);

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.restart(object, "2026-01-01T00:00:00Z"));
        cluster.awaitRolledOut(NS, "web");

        assertThat(cluster.awaitReadyPods(NS, 4)).extracting(Resource::uid)
                .doesNotContainAnyElementsOf(before.stream().map(Resource::uid).toList());
        assertThat(broken).isEmpty();
    }

    /** Notes every moment at which fewer pods are ready, or more are there, than the strategy allows. */
    private List<String> watchAvailability(int fewestReady, int most) {
        List<String> broken = new CopyOnWriteArrayList<>();
        Map<String, Resource> alive = new HashMap<>();
        cluster.pods(NS).forEach(pod -> alive.put(pod.uid(), pod));
        cluster.store.watch(Kind.POD.resource(), NS, cluster.store.revision(), event -> {
            Resource pod = new Resource(event.object().value());
            if (event.type() == ObjectEvent.Type.DELETED || pod.isTerminating()) {
                alive.remove(pod.uid());
            } else {
                alive.put(pod.uid(), pod);
            }
            long ready = alive.values().stream().filter(Pods::isReady).count();
            if (ready < fewestReady || alive.size() > most) {
                broken.add(ready + " ready of " + alive.size());
            }
        });
        return broken;
    }

    @Test
    void undoBringsTheOldReplicaSetBackUnderANewRevision() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource first = cluster.awaitRolledOut(NS, "web");
        Resource firstSet = onlySet(cluster.awaitReadyPods(NS, 2));
        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.setImage(object,
                "traffic-lab/logger-backend:1"));
        cluster.awaitRolledOut(NS, "web");
        awaitRevision("2");

        cluster.edit(Kind.DEPLOYMENT, NS, "web",
                object -> object.withObject("/spec").set("template", first.spec().path("template").deepCopy()));
        cluster.awaitRolledOut(NS, "web");

        awaitRevision("3");
        Resource again = cluster.get(Kind.REPLICA_SET, NS, firstSet.name());
        assertThat(again.annotation("deployment.kubernetes.io/revision")).contains("3");
        assertThat(again.annotation("deployment.kubernetes.io/revision-history")).contains("1");
        assertThat(cluster.state.list(Kind.REPLICA_SET, NS)).hasSize(2);
    }

    @Test
    void historyKeepsNoMoreThanItsLimit() {
        cluster.create(NS, ControlPlane.ECHO.apply("web")
                .replace("replicas: 2",
                        "replicas: 1\n  revisionHistoryLimit: 2"));
        cluster.awaitRolledOut(NS, "web");
        for (int i = 1; i <= 5; i++) {
            String moment = "2026-01-01T00:00:0" + i + "Z";
            cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.restart(object, moment));
            cluster.awaitRolledOut(NS, "web");
        }

        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.REPLICA_SET, NS))
                .extracting(Revisions::of)
                .containsExactlyInAnyOrder(4L, 5L, 6L));
    }

    @Test
    void pausedDeploymentScalesButDoesNotRollOut() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        cluster.awaitReadyPods(NS, 2);
        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> {
            object.withObject("/spec").put("paused", true).put("replicas", 3);
            ControlPlane.setImage(object, "traffic-lab/logger-backend:1");
        });

        assertThat(cluster.awaitReadyPods(NS, 3)).allMatch(pod -> image(pod).equals("traffic-lab/echo:1"));
        await().untilAsserted(() -> assertThat(Conditions.find(cluster.get(Kind.DEPLOYMENT, NS, "web").status(),
                "Progressing")
                .orElseThrow()
                .path("reason")
                .asText()).isEqualTo("DeploymentPaused"));

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> object.withObject("/spec").put("paused", false));
        cluster.awaitRolledOut(NS, "web");
        assertThat(cluster.awaitReadyPods(NS, 3)).allMatch(pod -> image(pod).equals("traffic-lab/logger-backend:1"));
    }

    @Test
    void scalingToZeroAndBackChangesNoTemplate() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        cluster.awaitReadyPods(NS, 2);

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> object.withObject("/spec").put("replicas", 0));
        cluster.awaitReadyPods(NS, 0);
        cluster.awaitRolledOut(NS, "web");
        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> object.withObject("/spec").put("replicas", 3));

        cluster.awaitReadyPods(NS, 3);
        assertThat(cluster.state.list(Kind.REPLICA_SET, NS)).hasSize(1);
    }

    @Test
    void recreateEndsTheOldPodsBeforeItStartsNewOnes() {
        cluster.create(NS, ControlPlane.ECHO.apply("web")
                .replace("replicas: 2",
                        "replicas: 2\n  strategy: {type: Recreate}"));
        cluster.awaitReadyPods(NS, 2);
        List<String> mixed = new ArrayList<>();
        cluster.store.watch(Kind.POD.resource(), NS, cluster.store.revision(), event -> {
            if (event.type() == ObjectEvent.Type.ADDED && cluster.state.list(Kind.POD, NS)
                    .stream()
                    .map(DeploymentControllerTests::image)
                    .distinct()
                    .count() > 1) {
                mixed.add(event.object().key().name());
            }
        });

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.setImage(object,
                "traffic-lab/logger-backend:1"));
        cluster.awaitRolledOut(NS, "web");

        assertThat(cluster.awaitReadyPods(NS, 2)).allMatch(pod -> image(pod).equals("traffic-lab/logger-backend:1"));
        assertThat(mixed).isEmpty();
    }

    @Test
    void rolloutToAnUnknownImageStopsBeforeItHurts() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource good = cluster.awaitRolledOut(NS, "web");

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> ControlPlane.setImage(object, "nobody/knows:1"));

        await().untilAsserted(() -> assertThat(waitingReasons()).contains("ImagePullBackOff"));
        assertThat(cluster.pods(NS).stream().filter(Pods::isReady)).hasSize(2)
                .allMatch(pod -> image(pod).equals("traffic-lab/echo:1"));
        await().untilAsserted(() -> assertThat(cluster.events(NS, "Failed")).anyMatch(message -> message.contains(
                "nobody/knows:1")));

        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> object.withObject("/spec")
                .set("template", good.spec()
                        .path("template")
                        .deepCopy()));
        cluster.awaitRolledOut(NS, "web");
        assertThat(cluster.awaitReadyPods(NS, 2)).allMatch(pod -> image(pod).equals("traffic-lab/echo:1"));
    }

    @Test
    void rolloutThatMakesNoProgressIsGivenUp() {
        cluster.create(NS, ControlPlane.ECHO.apply("web")
                .replace("traffic-lab/echo:1", "nobody/knows:1")
                .replace("replicas: 2", "replicas: 1\n  progressDeadlineSeconds: 1"));

        await().untilAsserted(() -> assertThat(Conditions.find(cluster.get(Kind.DEPLOYMENT, NS, "web").status(),
                "Progressing")
                .orElseThrow()
                .path("reason")
                .asText()).isEqualTo("ProgressDeadlineExceeded"));
    }

    @Test
    void deletedPodIsReplaced() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource victim = cluster.awaitReadyPods(NS, 2).getFirst();

        cluster.state.delete(Kind.POD, victim);

        await().untilAsserted(() -> assertThat(cluster.pods(NS)).extracting(Resource::uid)
                .hasSize(2)
                .doesNotContain(victim.uid()));
        cluster.awaitReadyPods(NS, 2);
    }

    @Test
    void podWhoseLabelsNoLongerFitIsLetGoAndReplaced() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource freed = cluster.awaitReadyPods(NS, 2).getFirst();

        cluster.edit(Kind.POD, NS, freed.name(), pod -> pod.withObject("/metadata/labels").put("app", "under-study"));

        cluster.awaitReadyPods(NS, 3);
        assertThat(cluster.get(Kind.POD, NS, freed.name()).controller()).isEmpty();
    }

    @Test
    void orphanedReplicaSetIsTakenInAgain() {
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        Resource set = onlySet(cluster.awaitReadyPods(NS, 2));
        List<String> pods = cluster.pods(NS).stream().map(Resource::uid).toList();
        cluster.edit(Kind.REPLICA_SET, NS, set.name(), object -> object.withObject("/metadata")
                .remove("ownerReferences"));
        cluster.edit(Kind.DEPLOYMENT, NS, "web", object -> object.withObject("/metadata/annotations")
                .put("touched",
                        "yes"));

        await().untilAsserted(() -> assertThat(cluster.get(Kind.REPLICA_SET, NS, set.name()).controller()).isPresent());
        assertThat(cluster.awaitReadyPods(NS, 2)).extracting(Resource::uid).isEqualTo(pods);
    }

    private void awaitRevision(String revision) {
        await().untilAsserted(() -> assertThat(cluster.get(Kind.DEPLOYMENT, NS, "web")
                .annotation("deployment.kubernetes.io/revision")).contains(revision));
    }

    private List<String> waitingReasons() {
        return cluster.pods(NS)
                .stream()
                .map(pod -> ContainerStatus.waitingReason(pod.status()
                        .at("/containerStatuses/0")))
                .toList();
    }

    private Resource onlySet(List<Resource> pods) {
        assertThat(pods).isNotEmpty();
        List<Resource> sets = cluster.state.list(Kind.REPLICA_SET, NS);
        assertThat(sets).hasSize(1);
        return sets.getFirst();
    }

    private static String image(Resource pod) {
        return ((ObjectNode) pod.spec().at("/containers/0")).path("image").asText();
    }
}

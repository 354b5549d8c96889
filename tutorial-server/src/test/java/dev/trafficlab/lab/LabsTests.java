package dev.trafficlab.lab;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.course.Exercise;
import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.ApplyOutcome.Conflicted;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ApplyOutcome.Rejected;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.LoadSpec.From;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Labs on a real embedded cluster, with the course and its traffic. */
class LabsTests {

    private static final String COURSE = "traffic-weighting";
    private static final List<String> STEPS = List.of("services", "inject", "gateway", "virtual-service",
            "destination-rules", "sticky", "shares-that-stick");

    @TempDir
    private static Path directory;
    private static RunningServer server;
    private static ClusterLabs labs;

    @BeforeAll
    static void start() {
        server = RunningServer.start(directory);
        labs = server.labs();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewLabIsOpenedByItsTokenAlone() {
        NewLab made = labs.create(COURSE);
        NewLab other = labs.create(COURSE);
        assertThat(labs.opens(made.lab().id(), made.token())).isTrue();
        assertThat(labs.opens(made.lab().id(), other.token())).isFalse();
        assertThat(labs.opens(made.lab().id(), made.token() + "x")).isFalse();
        assertThat(labs.opens("istio-system", made.token())).isFalse();
        assertThat(labs.find(made.lab().id())).contains(made.lab());
        assertThat(labs.all()).extracting(Lab::id).contains(made.lab().id(), other.lab().id());
    }

    @Test
    void theWholeCourseCanBeAppliedAndPassed() {
        String lab = labs.create(COURSE).lab().id();
        for (String step : STEPS) {
            assertThat(labs.check(lab, step).passed()).as("%s before it is applied", step).isFalse();
            assertThat(labs.apply(lab, step)).isInstanceOf(Applied.class);
            await().untilAsserted(() -> assertPassed(step, tryStep(lab, step)));
        }
        assertThat(labs.find(lab).orElseThrow().progress()).containsOnlyKeys(STEPS).allSatisfy((step, progress) -> {
            assertThat(progress.applied()).isPresent();
            assertThat(progress.checked()).isPresent();
        });
    }

    @Test
    void everyStepsExerciseIsOpenAtFirstAndSolvedByItsSolution() {
        String lab = labs.create(COURSE).lab().id();
        for (String step : STEPS) {
            Exercise exercise = server.course().step(step).orElseThrow().exercise().orElseThrow();
            labs.apply(lab, step);
            await().untilAsserted(() -> assertPassed(step, tryStep(lab, step)));
            assertThat(labs.checkExercise(lab, step).passed()).as("%s before it is solved", step).isFalse();
            assertThat(labs.applyManifest(lab, exercise.solution().yaml())).isInstanceOf(Applied.class);
            await().untilAsserted(() -> assertPassed(step, labs.checkExercise(lab, step)));
        }
    }

    @Test
    void whatAStepAppliesIsToldObjectByObject() {
        String lab = labs.create(COURSE).lab().id();
        assertThat(results(labs.apply(lab, "services"))).hasSizeGreaterThanOrEqualTo(8).containsOnly("created");
        awaitPassed(lab, "services");
        assertThat(results(labs.apply(lab, "services"))).containsOnly("unchanged");
        assertThat(titles(labs.apply(lab, "gateway"))).containsExactly("Gateway my-gateway created");
    }

    @Test
    void injectionRestartsWhatHasNoSidecarAndNothingElse() {
        String lab = labs.create(COURSE).lab().id();
        labs.apply(lab, "services");
        awaitPassed(lab, "services");
        assertThat(titles(labs.apply(lab, "inject"))).hasSize(6)
                .contains("Namespace " + lab + " configured", "Deployment colors-v1 restarted",
                        "Deployment logger-backend restarted");
        awaitPassed(lab, "inject");
        assertThat(results(labs.apply(lab, "inject"))).containsOnly("unchanged");
    }

    @Test
    void anOwnEditIsAppliedAndApplyingTheStepAgainUndoesIt() {
        String lab = labs.create(COURSE).lab().id();
        applyAll(lab, "services", "gateway", "virtual-service", "destination-rules");
        assertThat(titles(labs.applyManifest(lab, virtualService(lab, 50)))).containsExactly(
                "VirtualService colors configured");
        assertThat(weightOfV1(lab)).isEqualTo(50);
        assertThat(titles(labs.apply(lab, "destination-rules")))
                .containsExactly("DestinationRule colors unchanged", "VirtualService colors configured");
        assertThat(weightOfV1(lab)).isEqualTo(10);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badInputIsRefusedAndNothingOfItApplied(String name, String bad, String object, String message) {
        String lab = labs.create(COURSE).lab().id();
        String good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: innocent}\n---\n";
        assertThat(labs.applyManifest(lab, good + bad)).isInstanceOfSatisfying(Rejected.class,
                rejected -> assertThat(rejected.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.object()).isEqualTo(object);
                    assertThat(problem.message()).contains(message);
                }));
        assertThat(server.client().configMaps().inNamespace(lab).withName("innocent").get()).isNull();
        assertThat(labs.find(lab).orElseThrow().progress()).isEmpty();
    }

    static Stream<Arguments> badInputIsRefusedAndNothingOfItApplied() {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: colors}\nspec: ";
        String route = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: colors}\nspec: ";
        return Stream.of(Arguments.of("broken YAML", "kind: [", "line 5, column 8", "expected"),
                Arguments.of("an unknown kind", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}", "Secret s",
                        "no matches for kind"),
                Arguments.of("outside the lab", service.replace("colors", "colors, namespace: istio-system")
                        + "{ports: [{port: 80}]}",
                        "Service colors", "metadata.namespace"),
                Arguments.of("an unknown field", route
                        + "{hosts: [x], http: [{route: [{destination: {host: x}, wieght: 1}]}]}",
                        "VirtualService colors", ".spec.http[0].route[0].wieght: field not declared in schema"),
                Arguments.of("a wrong type", route
                        + "{hosts: [x], http: [{route: [{destination: {host: x}, weight: ten}]}]}",
                        "VirtualService colors", "spec.http[0].route[0].weight"),
                Arguments.of("against the webhook's rules", route
                        + "{hosts: [x], http: [{route: [{destination: {host: x}, weight: -5}]}]}",
                        "VirtualService colors", "weight -5 < 0"),
                Arguments.of("against Kubernetes' rules", service + "{ports: [{port: 80000}]}", "Service colors",
                        "spec.ports[0].port"),
                Arguments.of("a name that is none", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Not_A_Name}",
                        "ConfigMap Not_A_Name", "RFC 1123"));
    }

    @Test
    void aResetMakesTheLabAsNewAndLeavesOthersAlone() {
        NewLab made = labs.create(COURSE);
        String lab = made.lab().id();
        String neighbour = labs.create(COURSE).lab().id();
        applyAll(lab, "services", "inject", "gateway", "virtual-service");
        applyAll(neighbour, "services");
        awaitPassed(neighbour, "services");
        labs.visit(lab, "virtual-service");

        labs.reset(lab);

        assertThat(objects(lab)).isEmpty();
        Lab fresh = labs.find(lab).orElseThrow();
        assertThat(fresh.progress()).isEmpty();
        assertThat(fresh.current()).isEqualTo("services");
        assertThat(fresh.created()).isEqualTo(made.lab().created());
        assertThat(labs.opens(lab, made.token())).isTrue();
        assertThat(server.client().namespaces().withName(lab).get().getMetadata().getLabels()).doesNotContainKey(
                "istio-injection");
        assertPassed("services", labs.check(neighbour, "services"));
        labs.apply(lab, "services");
        awaitPassed(lab, "services");
    }

    @Test
    void aFinalizerThatNobodyWorksOffDoesNotHoldAReset() {
        String lab = labs.create(COURSE).lab().id();
        labs.applyManifest(lab,
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, finalizers: [example.org/never]}");
        labs.reset(lab);
        assertThat(objects(lab)).isEmpty();
    }

    @Test
    void twoTabsThatApplyAtOnceBothSucceed() throws Exception {
        String lab = labs.create(COURSE).lab().id();
        Callable<ApplyOutcome> apply = () -> labs.apply(lab, "services");
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<ApplyOutcome> outcome : tabs.invokeAll(List.of(apply, apply, apply))) {
                assertThat(outcome.get()).isInstanceOf(Applied.class);
            }
        }
        awaitPassed(lab, "services");
    }

    @Test
    void theStepLastOpenedIsRemembered() {
        String lab = labs.create(COURSE).lab().id();
        labs.visit(lab, "sticky");
        assertThat(labs.find(lab).orElseThrow().current()).isEqualTo("sticky");
    }

    @Test
    void whatIsNotThereIsSaidNotToBe() {
        String lab = labs.create(COURSE).lab().id();
        assertThat(labs.find("lab-aaaaaaaaaa")).isEmpty();
        assertThat(labs.find("istio-system")).isEmpty();
        assertThatExceptionOfType(UnknownLabException.class).isThrownBy(() -> labs.apply("lab-aaaaaaaaaa", "services"));
        assertThatExceptionOfType(UnknownLabException.class).isThrownBy(() -> labs.apply(lab, "nonsense"));
        assertThatExceptionOfType(UnknownLabException.class).isThrownBy(() -> labs.create("nonsense"));
        assertThatExceptionOfType(UnknownLabException.class).isThrownBy(() -> labs.reset("istio-system"));
    }

    @Test
    void aRestartLosesNoLabNoObjectAndNoProgress(@TempDir Path own) {
        NewLab made;
        Lab before;
        List<String> objects;
        try (RunningServer first = RunningServer.start(own)) {
            made = first.labs().create(COURSE);
            first.labs().apply(made.lab().id(), "services");
            await().untilAsserted(() -> assertPassed("services", first.labs().check(made.lab().id(), "services")));
            before = first.labs().find(made.lab().id()).orElseThrow();
            objects = objects(first, made.lab().id());
        }
        try (RunningServer second = RunningServer.start(own)) {
            assertThat(second.labs().find(made.lab().id())).contains(before);
            assertThat(second.labs().opens(made.lab().id(), made.token())).isTrue();
            assertThat(objects(second, made.lab().id())).isEqualTo(objects);
            await().untilAsserted(() -> assertPassed("services", second.labs().check(made.lab().id(), "services")));
        }
    }

    @Test
    void labsWhoseLearnersAreAwayAreRemoved(@TempDir Path own) {
        try (RunningServer other = RunningServer.start(own)) {
            NewLab made = other.labs().create(COURSE);
            other.labs().apply(made.lab().id(), "services");
            other.labs().removeIdleSince(made.lab().seen().minusSeconds(60));
            assertThat(other.labs().find(made.lab().id())).isPresent();
            other.labs().removeIdleSince(Instant.MAX);
            assertThat(other.labs().find(made.lab().id())).isEmpty();
            assertThat(other.labs().opens(made.lab().id(), made.token())).isFalse();
            await().untilAsserted(() -> assertThat(other.client().namespaces().withName(made.lab().id()).get())
                    .isNull());
        }
    }

    @Test
    void theKubeconfigNamesTheLab() {
        NewLab made = labs.create(COURSE);
        assertThat(labs.kubeconfig(made.lab().id(), made.token(), URI.create("http://localhost:8080")))
                .contains("/kubernetes/s/" + made.token())
                .contains("namespace: " + made.lab().id());
    }

    /** What a learner does at the step before pressing Check. */
    private CheckOutcome tryStep(String lab, String step) {
        switch (step) {
            case "virtual-service" -> sendColors(lab, 300);
            case "destination-rules" -> {
                server.traffic().deleteLogs(lab);
                sendColors(lab, 1000);
            }
            default -> {
            }
        }
        return labs.check(lab, step);
    }

    private static void sendColors(String lab, int requests) {
        server.traffic().send(lab, new LoadSpec(requests, "/colors", 50, Map.of(), From.OUTSIDE));
    }

    private void applyAll(String lab, String... steps) {
        for (String step : steps) {
            assertThat(labs.apply(lab, step)).isInstanceOf(Applied.class);
        }
    }

    private void awaitPassed(String lab, String step) {
        await().untilAsserted(() -> assertPassed(step, labs.check(lab, step)));
    }

    private static void assertPassed(String step, CheckOutcome outcome) {
        assertThat(outcome.checks()).as(step)
                .allSatisfy(check -> assertThat(check.passed()).as(check.reason())
                        .isTrue());
        assertThat(outcome.passed()).isTrue();
    }

    private static List<String> results(ApplyOutcome outcome) {
        return applied(outcome).stream().map(AppliedObject::result).toList();
    }

    private static List<String> titles(ApplyOutcome outcome) {
        return applied(outcome).stream()
                .map(object -> object.kind() + " " + object.name() + " " + object.result())
                .toList();
    }

    private static List<AppliedObject> applied(ApplyOutcome outcome) {
        return switch (outcome) {
            case Applied applied -> applied.objects();
            case Conflicted conflicted -> throw new AssertionError(conflicted.conflicts().toString());
            case Rejected rejected -> throw new AssertionError(rejected.problems()
                    .stream()
                    .map(Problem::message)
                    .toList()
                    .toString());
        };
    }

    private static List<String> objects(String lab) {
        return objects(server, lab);
    }

    /** Everything in the namespace that Kubernetes itself does not put into each, and that has a lasting name. */
    private static List<String> objects(RunningServer running, String lab) {
        List<HasMetadata> found = new ArrayList<>();
        found.addAll(running.client().services().inNamespace(lab).list().getItems());
        found.addAll(running.client().apps().deployments().inNamespace(lab).list().getItems());
        found.addAll(running.client().apps().replicaSets().inNamespace(lab).list().getItems());
        found.addAll(running.client().pods().inNamespace(lab).list().getItems());
        found.addAll(running.client().endpoints().inNamespace(lab).list().getItems());
        found.addAll(running.client().configMaps().inNamespace(lab).list().getItems());
        found.addAll(running.client().serviceAccounts().inNamespace(lab).list().getItems());
        found.addAll(running.client().resources(VirtualService.class).inNamespace(lab).list().getItems());
        return found.stream()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .filter(title -> !title.equals("ServiceAccount default") && !title.startsWith("ConfigMap kube-root-ca")
                        && !title.startsWith("ConfigMap istio-ca"))
                .sorted()
                .toList();
    }

    private static int weightOfV1(String lab) {
        return server.client()
                .resources(VirtualService.class)
                .inNamespace(lab)
                .withName("colors")
                .get()
                .getSpec()
                .getHttp()
                .getFirst()
                .getRoute()
                .getFirst()
                .getWeight();
    }

    private static String virtualService(String lab, int weight) {
        List<String> shares = IntStream.of(weight, 100 - weight).mapToObj(String::valueOf).toList();
        return """
               apiVersion: networking.istio.io/v1beta1
               kind: VirtualService
               metadata:
                 name: colors
                 namespace: %s
               spec:
                 hosts: ["*"]
                 gateways: [my-gateway]
                 http:
                 - match: [{uri: {exact: /colors}}]
                   rewrite: {uri: /}
                   route:
                   - {destination: {host: colors, subset: v1}, weight: %s}
                   - {destination: {host: colors, subset: v2}, weight: %s}
               """.formatted(lab, shares.get(0), shares.get(1));
    }
}

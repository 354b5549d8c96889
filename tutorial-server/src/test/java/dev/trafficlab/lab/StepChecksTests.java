package dev.trafficlab.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.trafficlab.course.Check;
import dev.trafficlab.traffic.LoadSpec.From;

import static org.assertj.core.api.Assertions.assertThat;

class StepChecksTests {

    private static final String LAB = "lab-aaaaaaaaaa";
    private static final String HINT = "Do this next.";

    private final FakeLabObjects objects = new FakeLabObjects();
    private final FakeTraffic traffic = new FakeTraffic();

    @Test
    void aMissingObjectIsNamedWithTheHint() {
        objects.names.put(LabKind.SERVICE, Set.of("colors"));
        var result = look(new Check.ObjectsExist("Services", HINT, "Service", List.of("colors", "logger-backend")));
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).isEqualTo("Not there yet: Service logger-backend. " + HINT);
    }

    @Test
    void foundObjectsAreListedWithoutTheHint() {
        objects.names.put(LabKind.SERVICE, Set.of("colors", "logger-backend", "another"));
        var result = look(new Check.ObjectsExist("Services", HINT, "Service", List.of("colors", "logger-backend")));
        assertThat(result.passed()).isTrue();
        assertThat(result.reason()).isEqualTo("Found colors and logger-backend.");
    }

    @Test
    void aNamespaceLabelIsComparedByValue() {
        Check check = new Check.NamespaceLabel("Label", HINT, "istio-injection", "enabled");
        assertThat(look(check).reason()).startsWith("The namespace has no label istio-injection.");
        objects.labels.put("istio-injection", "true");
        assertThat(look(check).reason()).startsWith("The namespace is labelled istio-injection=true, not enabled.");
        objects.labels.put("istio-injection", "enabled");
        assertThat(look(check).passed()).isTrue();
    }

    @Test
    void podsAreReadyWhenEachDeploymentIsRolledOutWithTheWantedContainers() {
        objects.deployment(deployment("v1", 1)).pod(pod("v1", "istio-proxy", ""));
        assertThat(look(new Check.PodsReady("Ready", HINT, 1, 2)).passed()).isTrue();
    }

    @Test
    void aSidecarThatIsAnInitContainerCounts() {
        objects.deployment(deployment("v1", 1)).pod(pod("v1", "", "istio-proxy"));
        assertThat(look(new Check.PodsReady("Ready", HINT, 1, 2)).passed()).isTrue();
    }

    @Test
    void aPodWithoutItsSidecarIsNamed() {
        objects.deployment(deployment("v1", 1)).pod(pod("v1", "", ""));
        var result = look(new Check.PodsReady("Ready", HINT, 1, 2));
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).isEqualTo("The pod colors-v1-x runs 1 container, not 2. " + HINT);
    }

    @Test
    void aPodThatIsNotReadyIsCounted() {
        objects.deployment(deployment("v1", 0)).pod(pod("v1", "", ""));
        var result = look(new Check.PodsReady("Ready", HINT, 1, 1));
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).startsWith("colors-v1 has 0 of 1 pods ready (ImagePullBackOff)");
    }

    @Test
    void missingDeploymentsAreCounted() {
        assertThat(look(new Check.PodsReady("Ready", HINT, 5, 1)).reason()).startsWith("Found 0 of 5 Deployments.");
    }

    @Test
    void subsetsMustChooseTheirVersion() {
        objects.destinationRule("colors", """
                                          metadata: {name: colors}
                                          spec:
                                            host: colors
                                            subsets:
                                            - {name: v1, labels: {version: v1}}
                                            - {name: v2, labels: {version: v3}}
                                          """);
        var result = look(new Check.SubsetsDefined("Subsets", HINT, "colors", List.of("v1", "v2", "v3")));
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).startsWith("DestinationRule colors does not define v2 and v3");
    }

    @Test
    void weightsAreReadOffTheFirstRouteThatTakesThePath() {
        objects.virtualService("colors", """
                                         metadata: {name: colors}
                                         spec:
                                           http:
                                           - match: [{uri: {exact: /other}}]
                                             route: [{destination: {host: colors, subset: v9}}]
                                           - match: [{uri: {prefix: /colors}}]
                                             route:
                                             - {destination: {host: colors, subset: v1}, weight: 10}
                                             - {destination: {host: colors, subset: v2}, weight: 90}
                                           - route: [{destination: {host: colors}}]
                                         """);
        var right = look(new Check.RouteWeights("Weights", HINT, "colors", "/colors", Map.of("v1", 10, "v2", 90)));
        assertThat(right.passed()).isTrue();
        var wrong = look(new Check.RouteWeights("Weights", HINT, "colors", "/colors", Map.of("v1", 50, "v2", 50)));
        assertThat(wrong.reason()).startsWith(
                "The route for /colors gives v1 10 and v2 90; wanted is v1 50 and v2 50.");
        var elsewhere = look(new Check.RouteWeights("Weights", HINT, "colors", "/", Map.of("v1", 50, "v2", 50)));
        assertThat(elsewhere.reason()).startsWith("The route for / gives the host colors 100; wanted is");
    }

    @Test
    void aMissingVirtualServiceIsNamed() {
        var result = look(new Check.RouteWeights("Weights", HINT, "colors", "/colors", Map.of("v1", 100)));
        assertThat(result.reason()).startsWith("There is no VirtualService colors yet.");
    }

    @Test
    void anAnswerIsJudgedByItsStatusAndComesFromTheWantedSide() {
        traffic.answering("404", Map.of("none", 1));
        Check check = new Check.Answers("Answers", HINT, "/colors", true, 200);
        assertThat(look(check).reason()).isEqualTo("/colors answers 404, not 200. " + HINT);
        assertThat(traffic.orders).singleElement().satisfies(order -> {
            assertThat(order.path()).isEqualTo("/colors");
            assertThat(order.requests()).isOne();
            assertThat(order.from()).isEqualTo(From.INSIDE);
        });
    }

    @Test
    void aRefusedConnectionIsSaidToBeOne() {
        traffic.answering("refused", Map.of("none", 1));
        assertThat(look(new Check.Answers("Answers", HINT, "/", false, 404)).reason()).startsWith(
                "The connection was refused");
    }

    @Test
    void aSplitNeedsEnoughRequests() {
        traffic.counted(Map.of("v1", 30L, "v2", 30L));
        var result = look(new Check.SplitFits("Split", HINT, 100, Map.of("v1", 50, "v2", 50)));
        assertThat(result.passed()).isFalse();
        assertThat(result.reason()).startsWith("Only 60 requests were counted").contains("100 are needed");
    }

    @Test
    void aSplitIsToldInPercent() {
        traffic.counted(Map.of("v1", 20L, "v2", 80L));
        var right = look(new Check.SplitFits("Split", HINT, 100, Map.of("v1", 20, "v2", 80)));
        assertThat(right.passed()).isTrue();
        assertThat(right.reason()).isEqualTo("100 requests: v1 20 % and v2 80 %.");
        var wrong = look(new Check.SplitFits("Split", HINT, 100, Map.of("v1", 50, "v2", 50)));
        assertThat(wrong.passed()).isFalse();
        assertThat(wrong.reason()).endsWith("wanted is v1 50 and v2 50. " + HINT);
    }

    @Test
    void oneClientMustReachOneVersion() {
        Check check = new Check.OneClientOneVersion("Sticky", HINT, "/colors", 20);
        traffic.answering("200", Map.of("v1", 12, "v2", 8));
        assertThat(look(check).reason()).isEqualTo("20 requests of one client reached v1 and v2. " + HINT);
        traffic.answering("200", Map.of("v2", 20));
        assertThat(look(check).passed()).isTrue();
        traffic.answering("503", Map.of("none", 20));
        assertThat(look(check).passed()).isFalse();
        assertThat(traffic.orders).allSatisfy(order -> assertThat(order.clients()).isOne());
    }

    private CheckOutcome.Result look(Check check) {
        return new StepChecks(objects, new TrafficChecks(traffic, LAB)).run(List.of(check)).checks().getFirst();
    }

    private static String deployment(String version, int ready) {
        return """
               metadata: {name: colors-%1$s, generation: 2}
               spec:
                 replicas: 1
                 selector: {matchLabels: {app: colors, version: %1$s}}
               status: {observedGeneration: 2, replicas: 1, updatedReplicas: 1, readyReplicas: %2$d}
               """.formatted(version, ready);
    }

    private static String pod(String version, String second, String sidecar) {
        return """
               metadata:
                 name: colors-%1$s-x
                 labels: {app: colors, version: %1$s, pod-template-hash: x}
               spec:
                 containers: [{name: colors}%2$s]
                 initContainers: [{name: istio-init}%3$s]
               status:
                 containerStatuses: [{name: colors, state: {waiting: {reason: ImagePullBackOff}}}]
               """.formatted(version, second.isEmpty() ? "" : ", {name: " + second + "}",
                sidecar.isEmpty() ? "" : ", {name: " + sidecar + ", restartPolicy: Always}");
    }
}

package dev.trafficlab.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.course.reading.KnownChecks;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Destination;
import dev.trafficlab.traffic.LoadSpec.From;
import dev.trafficlab.traffic.Split.Cause;
import dev.trafficlab.traffic.Split.Failure;
import dev.trafficlab.traffic.Split.Seen;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of check, written as an author writes it. */
class StepChecksTests {

    private final FakeCheckedLab lab = new FakeCheckedLab();

    @Test
    void aMissingObjectIsNamed() {
        lab.object("Service", "metadata: {name: shop}");
        CheckFinding finding = look("{check: objects-exist, kind: Service, objects: [shop, till]}");
        assertThat(finding).isEqualTo(CheckFinding.fails("Not there yet: Service till."));
        lab.object("Service", "metadata: {name: till}");
        assertThat(look("{check: objects-exist, kind: Service, objects: [shop, till]}")).isEqualTo(CheckFinding.holds(
                "Found shop and till."));
    }

    @Test
    void anObjectThatShouldBeGoneIsNamed() {
        assertThat(look("{check: not-exists, kind: Gateway, objects: [door]}").holds()).isTrue();
        lab.object("Gateway", "metadata: {name: door}");
        assertThat(look("{check: not-exists, kind: Gateway, objects: [door]}").found()).isEqualTo(
                "Still there: Gateway door.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            field: "spec.http[0].timeout", equals: 2s              | true  | spec.http[0].timeout of VirtualService shop is 2s.
                                            field: "spec.http[0].timeout", equals: 3s              | false | is 2s, not 3s.
                                            field: "spec.http[*].timeout", matches: "[0-9]s"       | true  | is 2s and 5s.
                                            field: "spec.http[1].retries.attempts", equals: 3      | true  | is 3.
                                            field: "spec.http[7].timeout", absent: true            | true  | is not set.
                                            field: "spec.http[0].timeout", absent: true            | false | is 2s.
                                            field: "spec.http[0].fault", equals: x                 | false | is not set.
                                            field: 'metadata.labels["a.b/c"]', equals: d           | true  | is d.
                                            """)
    void aFieldOfAnObjectIsComparedMatchedOrAbsent(String wanted, boolean holds, String found) {
        lab.object("VirtualService", """
                                     metadata: {name: shop, labels: {a.b/c: d}}
                                     spec: {http: [{timeout: 2s}, {timeout: 5s, retries: {attempts: 3}}]}
                                     """);
        CheckFinding finding = look("{check: object, kind: VirtualService, object: shop, " + wanted + "}");
        assertThat(finding.holds()).isEqualTo(holds);
        assertThat(finding.found()).endsWith(found);
    }

    @Test
    void aNamespaceLabelIsComparedByValue() {
        String check = "{check: namespace-label, label: istio-injection, value: enabled}";
        assertThat(look(check).found()).startsWith("The namespace has no label istio-injection.");
        lab.labels.put("istio-injection", "true");
        assertThat(look(check).found()).startsWith("The namespace is labelled istio-injection=true, not enabled.");
        lab.labels.put("istio-injection", "enabled");
        assertThat(look(check).holds()).isTrue();
    }

    @Test
    void podsAreReadyWhenEachDeploymentIsRolledOutWithTheWantedContainersOrMore() {
        lab.deployment(deployment("v1", 1)).pod(pod("v1", "istio-proxy", ""));
        assertThat(look("{check: pods-ready, deployments: 1, containers: 2}").holds()).isTrue();
        assertThat(look("{check: pods-ready, deployments: 1, containers: 1}").holds()).isTrue();
    }

    @Test
    void aSidecarThatIsAnInitContainerCounts() {
        lab.deployment(deployment("v1", 1)).pod(pod("v1", "", "istio-proxy"));
        assertThat(look("{check: pods-ready, deployments: 1, containers: 2}").holds()).isTrue();
    }

    @Test
    void aPodWithoutItsSidecarIsNamed() {
        lab.deployment(deployment("v1", 1)).pod(pod("v1", "", ""));
        assertThat(look("{check: pods-ready, deployments: 1, containers: 2}").found()).isEqualTo(
                "The pod colors-v1-x runs 1 container, not 2.");
    }

    @Test
    void aPodThatIsNotReadyIsCounted() {
        lab.deployment(deployment("v1", 0)).pod(pod("v1", "", ""));
        assertThat(look("{check: pods-ready, deployments: 1}").found()).startsWith(
                "colors-v1 has 0 of 1 pods ready (ImagePullBackOff)");
        assertThat(look("{check: pods-ready, deployments: 5}").found()).startsWith("Found 1 of 5 Deployments.");
    }

    @Test
    void subsetsMustChooseTheirVersionWhateverTheirRuleIsCalled() {
        lab.object("DestinationRule", """
                                      metadata: {name: mine}
                                      spec:
                                        host: shop.lab.svc.cluster.local
                                        subsets:
                                        - {name: v1, labels: {version: v1}}
                                        - {name: v2, labels: {version: v3}}
                                      """);
        assertThat(look("{check: subsets-defined, destination-rule: shop, subsets: [v1, v2, v3]}").found()).startsWith(
                "DestinationRule mine does not define v2 and v3");
        assertThat(look("{check: subsets-defined, destination-rule: shop, subsets: [v1]}").holds()).isTrue();
    }

    @Test
    void weightsAreThoseOfTheRouteThatTheRequestTakesInProportion() {
        lab.planned(routed(Map.of("v1", 0.1, "v2", 0.3, "v3", 0.6)));
        assertThat(look("{check: route-weights, path: /shop, weights: {v1: 10, v2: 30, v3: 60}}").holds()).isTrue();
        assertThat(look("{check: route-weights, path: /shop, weights: {v1: 1, v2: 3, v3: 6}}").holds()).isTrue();
        assertThat(look("{check: route-weights, path: /shop, weights: {v1: 50, v2: 50}}").found()).isEqualTo(
                "The route for /shop gives v1 10 %, v2 30 % and v3 60 %; wanted is v1 50 % and v2 50 %.");
    }

    @Test
    void withoutARouteTheWeightsCheckSaysWhatIsMissing() {
        lab.planned(RoutePlan.unsent("There is no Gateway yet."));
        assertThat(look("{check: route-weights, path: /shop, weights: {v1: 1}}").found()).isEqualTo(
                "There is no Gateway yet.");
    }

    @Test
    void anAnswerIsJudgedByItsStatusAndComesFromTheWantedSide() {
        lab.traced(AppResponse.of(404, "text/plain", ""), "");
        assertThat(look("{check: answers, path: /shop, inside: true, status: 200}").found()).isEqualTo(
                "/shop answers 404, not 200.");
        assertThat(lab.orders).singleElement().satisfies(order -> {
            assertThat(order.path()).isEqualTo("/shop");
            assertThat(order.requests()).isOne();
            assertThat(order.from()).isEqualTo(From.INSIDE);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            version: v2                                | true
                                            version: v1                                | false
                                            body: 'h.llo'                              | true
                                            body: goodbye                              | false
                                            answer-headers: {x-lane: '^fast$'}         | true
                                            answer-headers: {x-lane: slow}             | false
                                            answer-headers: {x-none: '.'}              | false
                                            within-ms: 60000                           | true
                                            after-ms: 59000                            | false
                                            status: 200, version: v2, body: hello      | true
                                            """)
    void anAnswerIsJudgedByAllThatIsNamed(String wanted, boolean holds) {
        lab.traced(new AppResponse(200, Headers.of("x-lane", "fast"), Body.of("hello"),
                AppResponse.NOTHING), "v2");
        assertThat(look("{check: answers, path: /, " + wanted + "}").holds()).isEqualTo(holds);
    }

    @Test
    void aRequestCarriesHostMethodHeadersAndCookies() {
        lab.traced(AppResponse.of(200, "text/plain", ""), "");
        look("{check: answers, path: /, status: 200, host: a.example, method: POST, headers: {x: y}, cookies: {c: d}}");
        assertThat(lab.orders.getFirst().method()).isEqualTo("POST");
        assertThat(lab.orders.getFirst().headers()).isEqualTo(Map.of("Host", "a.example", "x", "y", "Cookie", "c=d"));
    }

    @Test
    void aRefusedConnectionIsSaidToBeOne() {
        assertThat(look("{check: answers, path: /, status: 404}").found()).startsWith("The connection was refused");
    }

    @Test
    void aSplitNeedsEnoughRequests() {
        lab.counted(Map.of("v1", 30L, "v2", 30L), Seen.NOTHING);
        assertThat(look("{check: split-fits, requests: 100, shares: {v1: 50, v2: 50}}").found()).startsWith(
                "Only 60 requests were counted").contains("100 are needed");
    }

    @Test
    void aSplitIsToldInPercent() {
        lab.counted(Map.of("v1", 20L, "v2", 80L), Seen.NOTHING);
        assertThat(look("{check: split-fits, requests: 100, shares: {v1: 2, v2: 8}}")).isEqualTo(CheckFinding.holds(
                "100 requests: v1 20 % and v2 80 %."));
        assertThat(look("{check: split-fits, requests: 100, shares: {v1: 50, v2: 50}}").found()).endsWith(
                "wanted is v1 50 and v2 50.");
    }

    @Test
    void aSplitNamesTheFailuresBeforeTheCounts() {
        lab.counted(Map.of("v1", 40L), new Seen(100, List.of(new Failure(503, 60, new Cause.NoReadyPod("shop", "v3"))),
                "", true));
        assertThat(look("{check: split-fits, requests: 200, shares: {v1: 1}}").found()).isEqualTo(
                "60 of 100 got 503: subset v3 has no ready pod.");
    }

    @Test
    void oneClientMustReachOneVersionAndManyClientsSeveral() {
        String check = "{check: one-client-one-version, path: /shop, requests: 20}";
        lab.answering("200", Map.of("v1", 12, "v2", 8));
        assertThat(look(check).found()).isEqualTo("20 requests of one client reached v1 and v2.");
        assertThat(lab.orders.getFirst().clients()).isOne();
        lab.answering("200", Map.of("v2", 20)).answering("200", Map.of("v1", 25, "v2", 35));
        look(check);
        assertThat(look(check).found()).contains("reached v2 only; 60 clients reached v1 and v2");
    }

    @Test
    void allTrafficToOneVersionDoesNotPassAsSticky() {
        lab.answering("200", Map.of("v3", 20));
        CheckFinding finding = look("{check: one-client-one-version, path: /shop, requests: 20}");
        assertThat(finding.holds()).isFalse();
        assertThat(finding.found()).contains("everything goes there, whoever asks");
    }

    @Test
    void sharesOfVersionsAndStatusesAllowForChance() {
        lab.answering("200", Map.of("v1", 55, "v2", 145));
        assertThat(look("{check: version-share, path: /, requests: 200, shares: {v1: 3, v2: 7}}").holds()).isTrue();
        assertThat(look("{check: version-share, path: /, requests: 200, shares: {v1: 7, v2: 3}}").holds()).isFalse();
        assertThat(look("{check: status-share, path: /, requests: 200, at-least: {200: 99}}").holds()).isTrue();
        assertThat(look("{check: status-share, path: /, requests: 200, at-most: {200: 50}}").holds()).isFalse();
        assertThat(look("{check: status-share, path: /, requests: 200, shares: {200: 90, 503: 10}}").holds()).isFalse();
    }

    @Test
    void aLogLineIsSoughtInEveryPodOfTheApp() {
        lab.pod("""
                metadata: {name: shop-1, labels: {app: shop}}
                spec: {containers: [{name: web}]}
                """);
        String check = "{check: log-line, app: shop, matches: 'order [0-9]+'}";
        assertThat(look(check).holds()).isFalse();
        lab.logs.put("shop-1/web", "hello\norder 17 taken");
        assertThat(look(check).holds()).isTrue();
        assertThat(look("{check: log-line, app: till, matches: x}").found()).startsWith("No pod of till");
    }

    @Test
    void aStageOfTheTraceIsFoundByNameOutcomeAndWords() {
        lab.traced(AppResponse.of(200, "text/plain", ""), "", new Stage("listener", Outcome.PASSED,
                "The gateway listens.", Map.of()), new Stage("retry", Outcome.SKIPPED, "Tried again.", Map.of()));
        assertThat(look("{check: trace, path: /, stage: listener}").holds()).isTrue();
        assertThat(look("{check: trace, path: /, stage: retry, outcome: skipped, says: again}").holds()).isTrue();
        assertThat(look("{check: trace, path: /, stage: retry}").found()).isEqualTo("Tried again.");
        assertThat(look("{check: trace, path: /, stage: mirror}").found()).contains("passes listener, retry");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {check: objects-exist, kind: Servce, objects: [a]}               | there is no kind 'Servce' in a lab
                                            {check: answers, path: /}                                        | say what is wanted of the answer
                                            {check: answers, path: /, status: 200, method: FETCH}            | there is no method 'FETCH'
                                            {check: answers, path: /, body: '['}                             | body is no regular expression
                                            {check: object, kind: Pod, object: a, field: spec}               | say what is wanted of it
                                            {check: object, kind: Pod, object: a, field: 'a..b', equals: 1}  | a..b is no way to a field
                                            {check: status-share, path: /, requests: 10}                     | say how often each status is to come
                                            {check: trace, path: /, stage: route, outcome: lost}             | there is no outcome 'lost'
                                            """)
    void whatAnAuthorGetsWrongIsTold(String check, String message) {
        List<String> problems = new ArrayList<>();
        read(check, problems);
        assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(message));
    }

    private static RoutePlan routed(Map<String, Double> shares) {
        return new RoutePlan(RoutePlan.Outcome.ROUTED, "", 0, "shop", "rule 1 of VirtualService shop", shares.entrySet()
                .stream()
                .map(share -> new Destination("shop.lab.svc.cluster.local", share.getKey(), Map.of("version", share
                        .getKey()), share.getValue(), true, List.of(), ""))
                .toList(), List.of());
    }

    private CheckFinding look(String check) {
        List<String> problems = new ArrayList<>();
        CheckKind.Condition condition = read(check, problems);
        assertThat(problems).isEmpty();
        return ((LabCondition) condition).look(lab);
    }

    private static CheckKind.Condition read(String check, List<String> problems) {
        YamlMapping fields = YamlMapping.parse(check, (line, message) -> problems.add(message));
        String kind = fields.text("check");
        CheckKind.Condition condition = KnownChecks.all()
                .stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .orElseThrow()
                .read(fields);
        fields.rejectOthers();
        return condition;
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

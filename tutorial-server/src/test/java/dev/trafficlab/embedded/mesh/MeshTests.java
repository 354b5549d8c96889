package dev.trafficlab.embedded.mesh;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

import static org.assertj.core.api.Assertions.assertThat;

/** The course, step by step, as seen from outside. */
class MeshTests {

    @Test
    void withoutGatewayTheConnectionIsRefusedAndTheReasonSaysWhatToApply() {
        CourseLab lab = CourseLab.started();

        MeshAnswer answer = lab.mesh().send(CourseLab.request("/"));

        assertThat(answer).isEqualTo(new ConnectionRefused("Nobody listens on port 80 of the ingress gateway. "
                + "There is no Gateway yet. Apply one whose selector is istio: ingressgateway."));
    }

    @Test
    void aGatewayWithoutRoutesAnswers404() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").ready();

        Answered answer = lab.get("/");

        assertThat(answer.response().status()).isEqualTo(404);
        assertThat(answer.response().text()).isEmpty();
        assertThat(answer.flags()).containsExactly("NR");
        assertThat(answer.response().headers().first("server")).hasValue("istio-envoy");
    }

    @Test
    void theVirtualServiceLeadsToFrontendAndColors() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("virtualservice.yaml").ready();

        assertThat(lab.count(20, CourseLab.request("/"))).containsOnlyKeys("logger-frontend");
        assertThat(lab.count(300, CourseLab.request("/colors"))).containsOnlyKeys("colors-v1", "colors-v2", "colors-v3")
                .allSatisfy((_, count) -> assertThat(count).isBetween(70L, 130L));
        RoutePlan plan = lab.mesh().plan(CourseLab.request("/colors"));
        assertThat(plan.virtualService()).isEqualTo("colors");
        assertThat(plan.destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.subset()).isEmpty();
            assertThat(destination.pods()).hasSize(3);
        });
    }

    @Test
    void theDestinationRuleStepSplitsByWeight() {
        CourseLab lab = CourseLab.finished();

        Map<String, Long> counts = lab.count(10_000, CourseLab.request("/colors"));

        assertThat(counts.get("colors-v1")).isBetween(880L, 1120L);
        assertThat(counts.get("colors-v2")).isBetween(2830L, 3170L);
        assertThat(counts.get("colors-v3")).isBetween(5830L, 6170L);
    }

    @Test
    void aPlanTellsTheSharesOfTheRouteThatARequestTakes() {
        CourseLab lab = CourseLab.finished();

        RoutePlan plan = lab.mesh().plan(CourseLab.request("/colors"));

        assertThat(plan.outcome()).isEqualTo(RoutePlan.Outcome.ROUTED);
        assertThat(plan.destinations()).extracting(RoutePlan.Destination::subset).containsExactly("v1", "v2", "v3");
        assertThat(plan.destinations()).extracting(RoutePlan.Destination::share).containsExactly(0.1, 0.3, 0.6);
        assertThat(plan.destinations().getFirst().labels()).containsExactly(Map.entry("version", "v1"));
        assertThat(plan.destinations().getFirst().host()).isEqualTo("colors.default.svc.cluster.local");
        assertThat(lab.mesh().plan(CourseLab.request("/colors"))).as("asked again").isSameAs(plan);
        assertThat(lab.mesh().plan(CourseLab.request("/")).destinations()).singleElement()
                .extracting(RoutePlan.Destination::service)
                .isEqualTo("logger-frontend");
    }

    @Test
    void withoutAGatewayAPlanSaysWhyNobodyListens() {
        RoutePlan plan = CourseLab.started().ready().mesh().plan(CourseLab.request("/colors"));

        assertThat(plan.outcome()).isEqualTo(RoutePlan.Outcome.NOT_LISTENING);
        assertThat(plan.reason()).startsWith("There is no Gateway yet.");
    }

    @Test
    void theStickyStepPinsAClientAndSpreadsMany() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("sticky.yaml").ready();

        assertThat(lab.count(50, CourseLab.from("198.51.100.4", "/colors"))).hasSize(1);
        List<String> firsts = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> lab.count(1, CourseLab.from("198.51.100." + i, "/colors")).keySet().iterator().next())
                .distinct()
                .toList();
        assertThat(firsts).hasSize(3);
    }

    @Test
    void aPodSeesTheRewrittenPathAndWhereTheRequestCameFrom() {
        CourseLab lab = CourseLab.finished();

        lab.get("/colors?x=1", "Connection", "keep-alive", "X-Forwarded-For", "192.0.2.1", "x-request-id", "mine");

        var sent = lab.pods().takeCalls().getFirst().request();
        assertThat(sent.target()).isEqualTo("/?x=1");
        assertThat(sent.headers().first("x-envoy-original-path")).hasValue("/colors?x=1");
        assertThat(sent.headers().first("x-forwarded-for")).hasValue("192.0.2.1,203.0.113.7");
        assertThat(sent.headers().first("x-envoy-external-address")).hasValue("203.0.113.7");
        assertThat(sent.headers().first("x-request-id")).hasValueSatisfying(id -> assertThat(id).matches(
                "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
        assertThat(sent.headers().first("connection")).isEmpty();
    }

    @Test
    void ordersToProxiesDoNotReachThePods() {
        CourseLab lab = CourseLab.finished().behave("logger-frontend", new FakePods.Behavior(500, 0, false));

        lab.get("/", "X-Envoy-Retry-On", "5xx", "x-envoy-max-retries", "9", "x-envoy-original-path", "/forged");

        var calls = lab.pods().takeCalls();
        assertThat(calls).as("a client from outside orders no retries").hasSize(1);
        assertThat(calls.getFirst().request().headers().fields())
                .noneMatch(field -> field.name().matches("x-envoy-(retry-on|max-retries|original-path)"));
    }

    /** Recorded from Envoy 1.40: no address is internal unless it is configured to be. */
    @Test
    void clientsOfThePrivateNetworkGetANewRequestIdToo() {
        CourseLab lab = CourseLab.finished();

        lab.mesh().send(CourseLab.from("127.0.0.1", "/colors", "x-request-id", "mine"));

        var sent = lab.pods().takeCalls().getFirst().request();
        assertThat(sent.headers().all("x-request-id")).hasSize(1).doesNotContain("mine");
        assertThat(sent.headers().first("x-envoy-external-address")).hasValue("127.0.0.1");
        assertThat(sent.headers().first("x-envoy-internal")).isEmpty();
    }

    @Test
    void proxiedAnswersTellWhoServedThemAndHowLongItTook() {
        CourseLab lab = CourseLab.finished().behave("logger-frontend", new FakePods.Behavior(200, 70, false));

        Answered answer = lab.get("/");

        assertThat(answer.response().headers().first("x-envoy-upstream-service-time")).hasValue("70");
        assertThat(answer.response().headers().all("server")).containsExactly("istio-envoy");
        assertThat(answer.upstream().orElseThrow().pod()).isEqualTo("logger-frontend-0");
        assertThat(answer.upstream().orElseThrow().labels()).containsEntry("app", "logger-frontend");
    }

    @Test
    void aRotationGoesOnAcrossUpdates() {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .apply("virtualservice.yaml")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec: {host: colors, trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}}
                        """)
                .ready();
        List<String> pods = new java.util.ArrayList<>();
        for (int i = 0; i < 12; i++) {
            pods.add(lab.get("/colors").upstream().orElseThrow().pod());
            lab.update();
        }

        for (int i = 3; i < 12; i++) {
            assertThat(pods.get(i)).isEqualTo(pods.get(i - 3));
        }
        assertThat(pods).containsOnly("colors-v1-0", "colors-v2-0", "colors-v3-0");
    }

    @Test
    void targetsThatNoProxyTakesAreRefusedByTheGateway() {
        CourseLab lab = CourseLab.finished();

        assertThat(lab.get("/colors#top").response().status()).isEqualTo(400);
        assertThat(lab.get("colors").response().status()).isEqualTo(404);
        assertThat(lab.pods().takeCalls()).isEmpty();
    }
}

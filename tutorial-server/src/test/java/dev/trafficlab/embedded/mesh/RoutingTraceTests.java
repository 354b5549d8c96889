package dev.trafficlab.embedded.mesh;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;

import static org.assertj.core.api.Assertions.assertThat;

/** The reasons that a learner reads. */
class RoutingTraceTests {

    private static List<Stage> trace(CourseLab lab, MeshRequest request) {
        return lab.mesh().trace(request).trace().stages();
    }

    private static Stage stage(List<Stage> stages, String name) {
        return stages.stream().filter(stage -> stage.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aWeightedRequestIsToldFromListenerToAnswer() {
        List<Stage> stages = trace(CourseLab.finished(), CourseLab.request("/colors"));

        assertThat(stages).extracting(Stage::name)
                .containsExactly("listener", "gateway", "virtual host", "route",
                        "weights", "subset", "rewrite", "load balancer", "upstream", "answer");
        assertThat(stages).extracting(Stage::outcome).containsOnly(Outcome.PASSED);
        assertThat(stage(stages, "route").reason()).isEqualTo("Rule 1 of VirtualService colors matches.");
        assertThat(stage(stages, "rewrite").reason()).isEqualTo("The rule rewrites the path: /colors becomes /.");
    }

    @Test
    void theDiceAreShownWithTheirIntervals() {
        CourseLab lab = CourseLab.finished();
        for (int i = 0; i < 50; i++) {
            TracedAnswer traced = lab.mesh().trace(CourseLab.request("/colors"));
            Stage weights = stage(traced.trace().stages(), "weights");
            int roll = Integer.parseInt(weights.facts().get("roll"));
            String owner = roll < 10 ? "v1" : roll < 40 ? "v2" : "v3";

            assertThat(weights.facts()).containsEntry("sum of weights", "100")
                    .containsEntry("v1", "0 to 9")
                    .containsEntry("v2", "10 to 39")
                    .containsEntry("v3", "40 to 99");
            assertThat(weights.reason()).startsWith("The dice rolled " + roll).endsWith("belongs to " + owner + ".");
            assertThat(((MeshAnswer.Answered) traced.answer()).upstream().orElseThrow().labels())
                    .containsEntry("version", owner);
        }
    }

    @Test
    void routesThatDoNotMatchSayWhy() {
        List<Stage> stages = trace(CourseLab.finished(), CourseLab.request("/other"));

        List<Stage> routes = stages.stream().filter(stage -> stage.name().equals("route")).toList();
        assertThat(routes).extracting(Stage::outcome).containsExactly(Outcome.SKIPPED, Outcome.PASSED);
        assertThat(routes.get(0).reason()).isEqualTo(
                "Rule 1 of VirtualService colors does not match: the path is /other, wanted is exactly /colors.");
        assertThat(routes.get(1).reason()).isEqualTo(
                "Rule 2 of VirtualService colors takes every request that comes to it.");
    }

    @Test
    void hashingShowsKeyHashAndPlaceOnTheRing() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("sticky.yaml").ready();

        Stage balancer = stage(trace(lab, CourseLab.from("192.168.1.10", "/colors")), "load balancer");

        assertThat(balancer.facts()).containsEntry("ring size", "1026")
                .containsEntry("the client's IP address", "192.168.1.10")
                .containsEntry("hash", "12224816532541719634");
        assertThat(Long.compareUnsigned(Long.parseUnsignedLong(balancer.facts().get("position of the entry")),
                Long.parseUnsignedLong("12224816532541719634"))).isNotNegative();
        assertThat(balancer.reason()).startsWith("The hash of the client's IP address falls to an entry of colors-v");
    }

    @Test
    void refusedConnectionsAreOneStage() {
        List<Stage> stages = trace(CourseLab.started(), CourseLab.request("/"));

        assertThat(stages).singleElement().satisfies(stage -> {
            assertThat(stage.outcome()).isEqualTo(Outcome.ENDED);
            assertThat(stage.reason()).contains("There is no Gateway yet.");
        });
    }

    @Test
    void a404WithoutVirtualServiceSaysThatNoneIsBound() {
        List<Stage> stages = trace(CourseLab.started().apply("gateway.yaml").ready(), CourseLab.request("/"));

        assertThat(stages).extracting(Stage::name).containsExactly("listener", "gateway", "virtual host", "answer");
        assertThat(stages.get(2).outcome()).isEqualTo(Outcome.ENDED);
        assertThat(stages.getLast().reason()).isEqualTo("The proxy itself answers with status 404 (NR: no route).");
    }

    @Test
    void aMissingSubsetNamesWhatThereIs() {
        CourseLab lab = CourseLab.finished()
                .with(
                        """
                        kind: VirtualService
                        metadata: {name: colors}
                        spec: {hosts: ["*"], gateways: [my-gateway], http: [{route: [{destination: {host: colors, subset: v9}}]}]}
                        """)
                .ready();

        Stage subset = stage(trace(lab, CourseLab.request("/")), "subset");

        assertThat(subset.outcome()).isEqualTo(Outcome.ENDED);
        assertThat(subset.reason()).isEqualTo(
                "The destination does not exist: no DestinationRule defines the subset v9 of "
                        + "colors; DestinationRule colors defines [v1, v2, v3].");
    }

    @Test
    void retriesAreToldOneByOne() {
        CourseLab lab = CourseLab.finished().behave("logger-frontend", new FakePods.Behavior(200, 0, true));

        List<Stage> stages = trace(lab, CourseLab.request("/"));

        assertThat(stages.stream().filter(stage -> stage.name().equals("upstream"))).hasSize(3)
                .allMatch(stage -> stage.reason().equals("Pod logger-frontend-0 takes no connection on port 3000."));
        assertThat(stages.getLast().facts()).containsEntry("response flags", "URX,UF");
    }

    @Test
    void podsSayWhetherASidecarRoutes() {
        CourseLab lab = CourseLab.started();
        assertThat(trace(lab, CourseLab.call("logger-frontend-0", "colors", "/")).getFirst().reason())
                .contains("has no sidecar");

        lab.inject("logger-frontend").ready();
        List<Stage> stages = trace(lab, CourseLab.call("logger-frontend-0", "colors", "/"));

        assertThat(stages.getFirst().reason()).contains("has a sidecar, which catches the request");
        assertThat(stage(stages, "route").reason()).isEqualTo("The default route of Service colors takes every request "
                + "that comes to it.");
    }

    @Test
    void theDefaultLoadBalancerIsNamedWithItsHistory() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("virtualservice.yaml").ready();
        assertThat(stage(trace(lab, CourseLab.request("/colors")), "load balancer").facts())
                .containsEntry("load balancer", "LEAST_REQUEST")
                .containsKeys("first pick", "second pick", "default");

        lab.ready(IstioVersion.parse("1.2"));
        assertThat(stage(trace(lab, CourseLab.request("/colors")), "load balancer").facts())
                .containsEntry("load balancer", "ROUND_ROBIN");
    }

    @Test
    void theAnswerIsTheSameAsWithoutATrace() {
        CourseLab traced = CourseLab.finished();
        CourseLab plain = CourseLab.finished();
        for (int i = 0; i < 30; i++) {
            MeshAnswer.Answered one = (MeshAnswer.Answered) traced.mesh().trace(CourseLab.request("/colors")).answer();
            assertThat(one.upstream()).isEqualTo(plain.get("/colors").upstream());
        }
    }

    /** The commonest 404s: the trace names what was nearly meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gateways: [my-gatewy] | bound to Gateway default/my-gatewy, which does not exist; there is default/my-gateway",
        "gateways: [other/my-gateway] | bound to Gateway other/my-gateway, which does not exist",
        "exportTo: ['*'] | names no Gateway, so it rules calls between pods alone",
        "gateways: [my-gateway];exportTo: ['.'] | is exported to [.] alone"})
    void aMissingRouteNamesTheVirtualServiceThatWasNearlyMeant(String fields, String reason) {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .with("""
                      kind: VirtualService
                      metadata: {name: meant}
                      spec:
                        hosts: [%s]
                        http: [{route: [{destination: {host: colors}}]}]
                        %s
                      """.formatted(
                        fields.startsWith("exportTo") ? "colors" : "'*'", fields.replace(";", "\n  ")))
                .ready();

        assertThat(lab.mesh().trace(CourseLab.request("/")).trace().stages())
                .anyMatch(stage -> stage.reason().contains("VirtualService meant") && stage.reason().contains(reason));
    }

    @Test
    void aMissingRouteNamesTheHostsThatAreAnswered() {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .with("""
                      kind: VirtualService
                      metadata: {name: meant}
                      spec:
                        hosts: [shop.example.com]
                        gateways: [my-gateway]
                        http: [{route: [{destination: {host: colors}}]}]
                      """)
                .ready();

        assertThat(lab.mesh().trace(CourseLab.request("/")).trace().stages())
                .anyMatch(stage -> stage.reason()
                        .contains(
                                "VirtualService meant answers for the hosts [shop.example.com] alone"));
    }

    @Test
    void readyPodsWithoutThePortOfTheServiceAreNamed() {
        CourseLab lab = CourseLab.finished()
                .with("""
                      kind: Service
                      metadata: {name: colors}
                      spec: {selector: {app: colors}, ports: [{name: http, port: 80, targetPort: web}]}
                      """)
                .ready();

        assertThat(lab.mesh().trace(CourseLab.request("/colors")).trace().stages())
                .anyMatch(stage -> stage.reason().contains("none has a port named web"));
    }
}

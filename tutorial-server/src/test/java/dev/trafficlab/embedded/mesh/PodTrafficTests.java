package dev.trafficlab.embedded.mesh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests between pods. */
class PodTrafficTests {

    private static final String MESH_ROUTE = """
                                             kind: VirtualService
                                             metadata: {name: inside}
                                             spec:
                                               hosts: [colors]
                                               http:
                                               - route:
                                                 - destination: {host: colors, subset: v1}
                                                   weight: 25
                                                 - destination: {host: colors, subset: v3}
                                                   weight: 75
                                             """;
    private static final String FRONTEND = "logger-frontend-0";

    @Test
    void withoutSidecarNoRuleAppliesAndPodsShareEvenly() {
        CourseLab lab = CourseLab.finished().with(MESH_ROUTE).ready();

        assertThat(lab.count(3000, CourseLab.call(FRONTEND, "colors", "/")))
                .containsOnlyKeys("colors-v1", "colors-v2", "colors-v3")
                .allSatisfy((_, count) -> assertThat(count).isBetween(900L, 1100L));
    }

    @Test
    void withSidecarTheRulesOfTheMeshApply() {
        CourseLab lab = CourseLab.finished().with(MESH_ROUTE).inject("logger-frontend").ready();

        var counts = lab.count(4000, CourseLab.call(FRONTEND, "colors", "/"));

        assertThat(counts).containsOnlyKeys("colors-v1", "colors-v3");
        assertThat(counts.get("colors-v1")).isBetween(880L, 1120L);
    }

    @Test
    void rulesOfTheGatewayAloneDoNotApplyInside() {
        CourseLab lab = CourseLab.finished().inject("logger-frontend").ready();

        assertThat(lab.count(300, CourseLab.call(FRONTEND, "colors", "/colors"))).containsOnlyKeys("colors-v1",
                "colors-v2", "colors-v3");
        assertThat(lab.pods().takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logger-backend", "logger-backend:80", "LOGGER-BACKEND", "logger-backend.default",
        "logger-backend.default.svc", "logger-backend.default.svc.cluster.local:80"})
    void everyNameOfAServiceLeadsThere(String authority) {
        CourseLab lab = CourseLab.started().inject("logger-frontend").ready();

        Answered answer = (Answered) lab.mesh().send(CourseLab.call(FRONTEND, authority, "/"));

        assertThat(answer.response().text()).isEqualTo("logger-backend-0");
        assertThat(answer.response().headers().all("server")).containsExactly("envoy");
    }

    @Test
    void unknownNamesAndPortsAreRefusedWithAReason() {
        CourseLab lab = CourseLab.started();

        assertThat(lab.mesh().send(CourseLab.call(FRONTEND, "colours", "/"))).isInstanceOfSatisfying(
                ConnectionRefused.class, refused -> assertThat(refused.reason()).contains("colours is unknown"));
        assertThat(lab.mesh().send(CourseLab.call(FRONTEND, "colors:81", "/"))).isInstanceOfSatisfying(
                ConnectionRefused.class, refused -> assertThat(refused.reason()).contains("has no port 81"));
        assertThat(lab.mesh().send(CourseLab.call("nobody", "colors", "/"))).isInstanceOf(ConnectionRefused.class);
    }

    @Test
    void aServiceWithoutReadyPodsRefusesWithoutSidecarAndAnswers503WithOne() {
        CourseLab lab = CourseLab.started().scale("logger-backend", 0).ready();
        assertThat(lab.mesh().send(CourseLab.call(FRONTEND, "logger-backend", "/"))).isInstanceOfSatisfying(
                ConnectionRefused.class, refused -> assertThat(refused.reason()).contains("no ready pod"));

        lab.inject("logger-frontend").ready();
        Answered answer = (Answered) lab.mesh().send(CourseLab.call(FRONTEND, "logger-backend", "/"));

        assertThat(answer.response().status()).isEqualTo(503);
        assertThat(answer.flags()).containsExactly("UH");
    }

    @Test
    void aPodsOwnAddressLeadsStraightToIt() {
        CourseLab lab = CourseLab.started();
        String address = lab.count(1, CourseLab.call(FRONTEND, "colors", "/")).isEmpty() ? "" : address(lab);

        Answered answer = (Answered) lab.mesh().send(CourseLab.call(FRONTEND, address, "/"));

        assertThat(answer.upstream().orElseThrow().address()).isEqualTo(address);
    }

    private static String address(CourseLab lab) {
        return ((Answered) lab.mesh().send(CourseLab.call(FRONTEND, "logger-backend", "/"))).upstream()
                .orElseThrow()
                .address();
    }

    @Test
    void sourceLabelsChooseByTheCaller() {
        CourseLab lab = CourseLab.finished()
                .inject("logger-frontend", "logger-backend")
                .with(
                        """
                        kind: VirtualService
                        metadata: {name: inside}
                        spec:
                          hosts: [colors]
                          http:
                          - match: [{sourceLabels: {app: logger-backend}}]
                            route: [{destination: {host: colors, subset: v1}}]
                          - route: [{destination: {host: colors, subset: v2}}]
                        """)
                .ready();

        assertThat(lab.count(30, CourseLab.call("logger-backend-0", "colors", "/"))).containsOnlyKeys("colors-v1");
        assertThat(lab.count(30, CourseLab.call(FRONTEND, "colors", "/"))).containsOnlyKeys("colors-v2");
    }

    @Test
    void aSidecarObjectHidesServicesFromTheRules() {
        CourseLab lab = CourseLab.finished()
                .with(MESH_ROUTE)
                .inject("logger-frontend")
                .with(
                        """
                        kind: Sidecar
                        metadata: {name: narrow}
                        spec:
                          egress: [{hosts: ["./logger-backend.default.svc.cluster.local"]}]
                        """)
                .ready();
        assertThat(lab.count(300, CourseLab.call(FRONTEND, "colors", "/"))).hasSize(3);

        lab.with("""
                 kind: Sidecar
                 metadata: {name: narrow}
                 spec:
                   outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                   egress: [{hosts: ["./logger-backend.default.svc.cluster.local"]}]
                 """).ready();

        assertThat(lab.count(5, CourseLab.call(FRONTEND, "colors", "/"))).containsOnlyKeys("status 502");
        assertThat(lab.count(5, CourseLab.call(FRONTEND, "logger-backend", "/"))).containsOnlyKeys("logger-backend");
    }

    @Test
    void aServiceEntryGivesPodsAnotherName() {
        CourseLab lab = CourseLab.started()
                .inject("logger-frontend")
                .with(
                        """
                        kind: ServiceEntry
                        metadata: {name: paint}
                        spec:
                          hosts: [paint.example.com]
                          resolution: STATIC
                          ports: [{number: 8000, name: http, protocol: HTTP, targetPort: 3000}]
                          workloadSelector: {labels: {version: v2}}
                        """)
                .ready();

        assertThat(lab.count(10, CourseLab.call(FRONTEND, "paint.example.com:8000", "/"))).containsOnlyKeys(
                "colors-v2");
    }
}

package dev.trafficlab.embedded.mesh;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the mesh does not do is told, with the object that asks for it. */
class NotSupportedTests {

    @Test
    void theCourseAsksForNothingUnsupported() {
        assertThat(CourseLab.finished().apply("sticky.yaml").ready().mesh().notSupported()).isEmpty();
    }

    @Test
    void everythingLeftOutIsToldOnceWithItsObject() {
        CourseLab lab = CourseLab.finished()
                .inject("logger-frontend")
                .with(
                        """
                        kind: VirtualService
                        metadata: {name: tcp}
                        spec: {hosts: [colors], tcp: [{route: [{destination: {host: colors}}]}]}
                        ---
                        kind: Gateway
                        metadata: {name: secure}
                        spec:
                          selector: {istio: ingressgateway}
                          servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE}}]
                        ---
                        kind: DestinationRule
                        metadata: {name: secret}
                        spec: {host: logger-backend, trafficPolicy: {tls: {mode: MUTUAL}, loadBalancer: {warmupDurationSecs: 10s}}}
                        ---
                        kind: ServiceEntry
                        metadata: {name: outside}
                        spec: {hosts: [example.com], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}
                        ---
                        kind: VirtualService
                        metadata: {name: colors}
                        spec:
                          hosts: ["*"]
                          gateways: [my-gateway]
                          http:
                          - match: [{headers: {"@request.auth.claims.group": {exact: admin}}}]
                            route: [{destination: {host: colors}}]
                          - retries: {attempts: 1, retryRemoteLocalities: true}
                            route: [{destination: {host: colors}}]
                        """)
                .ready();

        assertThat(lab.mesh().notSupported()).doesNotHaveDuplicates()
                .extracting(NotSupported::name)
                .contains("tcp",
                        "secure", "secret", "outside", "colors");
        assertThat(lab.mesh().notSupported()).filteredOn(found -> found.name().equals("colors"))
                .extracting(NotSupported::message)
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("@request.auth.claims"))
                .anySatisfy(message -> assertThat(message).contains("retryRemoteLocalities"));
        assertThat(lab.get("/").response().status()).as("what can be done is done").isEqualTo(200);
    }

    @Test
    void aServiceThatPointsOutsideIsToldAndReachesNobody() {
        CourseLab lab = CourseLab.finished().with("""
                                                  kind: Service
                                                  metadata: {name: outside}
                                                  spec: {type: ExternalName, externalName: example.com}
                                                  """).ready();

        assertThat(lab.mesh().notSupported()).extracting(NotSupported::kind, NotSupported::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Service", "outside"));
        assertThat(lab.mesh().send(CourseLab.call("logger-frontend-0", "outside", "/")))
                .isInstanceOf(MeshAnswer.ConnectionRefused.class);
    }

    @Test
    void aTlsServerRefusesConnectionsAndSaysSo() {
        CourseLab lab = CourseLab.finished()
                .with(
                        """
                        kind: Gateway
                        metadata: {name: secure}
                        spec:
                          selector: {istio: ingressgateway}
                          servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE}}]
                        """)
                .ready();
        MeshRequest plain = CourseLab.request("/");

        MeshAnswer answer = lab.mesh()
                .send(new MeshRequest(new MeshRequest.FromOutside(443), "GET", "localhost", "/",
                        plain.headers(), plain.peer(), plain.body()));

        assertThat(answer).isInstanceOfSatisfying(MeshAnswer.ConnectionRefused.class,
                refused -> assertThat(refused.reason()).contains("HTTPS server of Gateway secure"));
    }

    @Test
    void aRegularExpressionThatRe2DoesNotKnowLeavesItsRuleOut() {
        CourseLab lab = CourseLab.finished().with("""
                                                  kind: VirtualService
                                                  metadata: {name: colors}
                                                  spec:
                                                    hosts: ["*"]
                                                    gateways: [my-gateway]
                                                    http:
                                                    - match: [{uri: {regex: "/(?=x).*"}}]
                                                      route: [{destination: {host: colors}}]
                                                    - route: [{destination: {host: logger-frontend}}]
                                                  """).ready();

        assertThat(lab.mesh().notSupported()).singleElement()
                .satisfies(found -> assertThat(found.message()).contains("RE2"));
        assertThat(lab.get("/x").response().text()).isEqualTo("logger-frontend-0");
    }
}

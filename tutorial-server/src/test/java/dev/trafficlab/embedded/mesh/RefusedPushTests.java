package dev.trafficlab.embedded.mesh;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/** What Istio accepts and Envoy refuses: recorded from istiod API 1.31.4 and Envoy 1.40, old routes stay in force until it is mended. */
class RefusedPushTests {

    private static final String V2 = "- route: [{destination: {host: colors, subset: v2}}]";

    private static void change(CourseLab lab, String name, String http) {
        write(lab, name, http);
        lab.mesh().update(lab.objects());
    }

    private static CourseLab write(CourseLab lab, String name, String http) {
        return lab.with("""
                        kind: VirtualService
                        metadata: {name: %s}
                        spec:
                          hosts: ["*"]
                          gateways: [my-gateway]
                          http:
                          %s
                        """.formatted(name, http));
    }

    private static CourseLab lab() {
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("destinationrule.yaml");
        return write(lab, "colors", "- route: [{destination: {host: colors, subset: v1}}]").ready();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect: {uri: /new, redirectCode: 304}", "redirect: {uri: /new, redirectCode: 305}",
        "redirect: {uri: /new, redirectCode: 306}",
        "route: [{destination: {host: colors}}]\n    headers: {request: {set: {x-a: \"%BOGUS%\"}}}",
        "route: [{destination: {host: colors}}]\n    headers: {response: {add: {x-a: \"%REQ_WITHOUT_QUERY(:PATH)%\"}}}"})
    void oldRoutesStayInForceUntilWhatEnvoyRefusesIsMended(String refused) {
        CourseLab lab = lab();

        change(lab, "refused", "- match: [{uri: {prefix: /r}}]\n    " + refused);
        change(lab, "colors", V2);

        assertThat(lab.get("/").response().text()).as("a good change does not arrive either").isEqualTo("colors-v1-0");
        assertThat(lab.get("/r").response().text()).isEqualTo("colors-v1-0");
        assertThat(lab.mesh().notSupported()).filteredOn(found -> found.name().equals("refused"))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("stay in force until this is mended"));

        change(lab, "refused", "- match: [{uri: {prefix: /r}}]\n    redirect: {uri: /new, redirectCode: 302}");

        assertThat(lab.mesh().notSupported()).isEmpty();
        assertThat(lab.get("/r").response().status()).isEqualTo(302);
        assertThat(lab.get("/").response().text()).isEqualTo("colors-v2-0");
    }

    private static final String TWO_DOORS = """
                                            kind: Gateway
                                            metadata: {name: my-gateway}
                                            spec:
                                              selector: {istio: ingressgateway}
                                              servers:
                                              - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
                                              - {port: {number: 443, name: other, protocol: HTTP}, hosts: ["*"]}
                                            """;

    private static String at(CourseLab lab, int port, String path) {
        MeshRequest request = new MeshRequest(new MeshRequest.FromOutside(port), "GET", "localhost", path, Headers
                .none(), "203.0.113.7:51234", new byte[0]);
        return ((MeshAnswer.Answered) lab.mesh().send(request)).response().text();
    }

    /** A command that Envoy does not know is found in the routes of one port; what is missing in a route, before any port is looked at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"route: [{destination: {host: colors}}]"
            + ", headers: {request: {set: {x-a: \"%BOGUS%\"}}}|colors-v2-0",
        "redirect: {uri: /new, redirectCode: 304}|colors-v1-0"})
    void otherPortsGoOnUnlessEnvoyRefusesAll(String refused, String atTheOtherPort) {
        CourseLab lab = lab().with(TWO_DOORS).update();
        assertThat(at(lab, 443, "/")).isEqualTo("colors-v1-0");

        change(lab, "refused", "- {match: [{uri: {prefix: /r}, port: 80}], " + refused + "}");
        change(lab, "colors", V2);

        assertThat(at(lab, 80, "/")).isEqualTo("colors-v1-0");
        assertThat(at(lab, 443, "/")).isEqualTo(atTheOtherPort);
    }

    @Test
    void podsComeAndGoUnderOldRoutes() {
        CourseLab lab = lab();
        change(lab, "refused", "- match: [{uri: {prefix: /r}}]\n    redirect: {uri: /new, redirectCode: 304}");

        assertThat(lab.get("/").response().text()).isEqualTo("colors-v1-0");
        lab.scale("colors-v1", 0);
        lab.mesh().update(lab.objects());

        assertThat(lab.get("/").flags()).containsExactly("UH");
    }

    @Test
    void aGatewayThatNeverTookAnyRouteAnswers404() {
        CourseLab lab = CourseLab.started()
                .with("""
                      kind: Gateway
                      metadata: {name: my-gateway}
                      spec:
                        selector: {istio: ingressgateway}
                        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
                      """);

        write(lab, "refused", "- redirect: {uri: /new, redirectCode: 304}").ready();

        assertThat(lab.get("/").response().status()).isEqualTo(404);
    }
}

package dev.trafficlab.embedded.mesh;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;

import static org.assertj.core.api.Assertions.assertThat;

/** Istio's rules beyond the vectors; the sources are named where a rule is not in Istio's reference documentation. */
class RulesTests {

    private static CourseLab lab(String http) {
        return CourseLab.started()
                .apply("gateway.yaml")
                .apply("destinationrule.yaml")
                .with("""
                      kind: VirtualService
                      metadata: {name: colors}
                      spec:
                        hosts: ["*"]
                        gateways: [my-gateway]
                        http:
                      """ + http.indent(2))
                .ready();
    }

    private static String to(String subset) {
        return "route: [{destination: {host: colors, subset: " + subset + "}}]";
    }

    private static AppRequest sent(CourseLab lab, String path, String... headers) {
        lab.get(path, headers);
        return lab.pods().takeCalls().getFirst().request();
    }

    @ParameterizedTest
    @CsvSource({"/a/b/c, ^/a, /x, /x/b/c", "/a/b?q=/a, /a/(.*), /\\1/z, /b/z?q=/a", "/aaa, a, b, /bbb",
        "/v1/x, ^/v(\\d), /version-\\1, /version-1/x", "/a, a, $1, /$1"})
    void aRegexRewriteReplacesEveryMatchInThePath(String path, String match, String rewrite, String result) {
        CourseLab lab = lab("- {rewrite: {uriRegexRewrite: {match: '" + match + "', rewrite: '" + rewrite + "'}}, "
                + to("v1") + "}");

        assertThat(sent(lab, path).target()).isEqualTo(result);
    }

    /** Seen at istiod 1.31 and Envoy 1.40: the routes of both servers are those made for the first. */
    @ParameterizedTest
    @CsvSource({"8080, 80", "80, 8080"})
    void serversOnOnePortOfTheGatewaysPodShareTheRoutesOfTheFirst(int first, int second) {
        CourseLab lab = lab("- {route: [{destination: {host: colors, subset: v1}, weight: 1}, "
                + "{destination: {host: colors, subset: v1}, weight: 1}]}")
                .with("""
                      kind: Gateway
                      metadata: {name: my-gateway}
                      spec:
                        selector: {istio: ingressgateway}
                        servers:
                        - {port: {number: %d, name: a, protocol: HTTP}, hosts: ["*"]}
                        - {port: {number: %d, name: b, protocol: HTTP}, hosts: [localhost]}
                      """.formatted(first, second))
                .ready();

        assertThat(sent(lab, "/").headers().first("x-envoy-decorator-operation")).contains("colors:" + first + "/*");
    }

    /** Envoy: the weighted cluster's own operations come first, so the route's set wins. */
    @Test
    void theRoutesHeadersWinOverAWeightedDestinations() {
        CourseLab lab = lab("""
                            - headers: {request: {set: {x-k: route}}, response: {add: {x-r: route}}}
                              route:
                              - destination: {host: colors, subset: v1}
                                weight: 1
                                headers: {request: {set: {x-k: own, x-only: own}}, response: {add: {x-r: own}}}
                              - destination: {host: colors, subset: v1}
                                weight: 1
                                headers: {request: {set: {x-k: own, x-only: own}}, response: {add: {x-r: own}}}
                            """);

        Answered answer = lab.get("/");

        assertThat(answer.response().headers().all("x-r")).containsExactly("own", "route");
        Headers headers = lab.pods().takeCalls().getFirst().request().headers();
        assertThat(headers.all("x-k")).containsExactly("route");
        assertThat(headers.all("x-only")).containsExactly("own");
    }

    @Test
    void variablesInHeadersAreFilledIn() {
        CourseLab lab = lab(
                """
                - headers:
                    request: {set: {x-who: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", x-old: "%REQ(:PATH)%", x-none: "%REQ(x-no)%"}}
                    response: {set: {x-pod: "%UPSTREAM_HOST%", x-full: "100%%", x-code: "%RESPONSE_CODE%"}}
                """ + "  "
                        + to("v1"));

        Answered answer = lab.get("/p?q=1");

        Headers sent = lab.pods().takeCalls().getFirst().request().headers();
        assertThat(sent.first("x-who")).hasValue("203.0.113.7");
        assertThat(sent.first("x-old")).hasValue("/p?q=1");
        assertThat(sent.first("x-none")).isEmpty();
        assertThat(answer.response().headers().first("x-pod")).hasValueSatisfying(pod -> assertThat(pod).endsWith(
                ":3000"));
        assertThat(answer.response().headers().first("x-full")).hasValue("100%");
        assertThat(answer.response().headers().first("x-code")).hasValue("200");
    }

    /** Envoy: filter_manager.cc finalises the headers of local replies with the route's operations too. */
    @Test
    void theRoutesResponseHeadersAreOnTheProxysOwnAnswersToo() {
        CourseLab lab = lab("- {headers: {response: {set: {x-r: here}}}, " + to("v9") + "}");

        Answered answer = lab.get("/");

        assertThat(answer.flags()).containsExactly("NC");
        assertThat(answer.response().headers().first("x-r")).hasValue("here");
    }

    @Test
    void aCookieIsMadeUpAndLeadsBackToTheSamePod() {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .apply("virtualservice.yaml")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec:
                          host: colors
                          trafficPolicy:
                            loadBalancer:
                              consistentHash: {httpCookie: {name: pin, ttl: 90s, path: /colors, attributes: [{name: SameSite, value: Lax}]}}
                        """)
                .ready();

        Answered first = lab.get("/colors");

        String line = first.response().headers().first("set-cookie").orElseThrow();
        assertThat(line).matches("pin=\"[0-9a-f]{16}\"; Max-Age=90; Path=/colors; SameSite=Lax; HttpOnly");
        String pair = line.substring(0, line.indexOf(';'));
        Map<String, Long> later = lab.count(40, CourseLab.from("192.0.2.77", "/colors", "cookie", pair));
        assertThat(later).containsOnlyKeys(FakePods.deployment(first.upstream().orElseThrow().pod()));
        assertThat(lab.get("/colors", "cookie", pair).response().headers().first("set-cookie")).isEmpty();
    }

    /** Envoy: the cookie is made when a hashing balancer asks for the hash, and set on what comes from upstream. */
    @Test
    void noCookieIsMadeUpWhereNothingIsHashedOrNobodyAnswers() {
        String rule = """
                      kind: DestinationRule
                      metadata: {name: colors}
                      spec:
                        host: colors
                        trafficPolicy:
                          loadBalancer: {consistentHash: {httpCookie: {name: pin, ttl: 9s}}}
                          portLevelSettings: [{port: {number: %d}, loadBalancer: {simple: RANDOM}}]
                      """;
        CourseLab lab = CourseLab.started().apply("gateway.yaml").apply("virtualservice.yaml");

        assertThat(lab.with(rule.formatted(80)).ready().get("/colors").response().headers().first("set-cookie"))
                .isEmpty();
        assertThat(lab.with(rule.formatted(81)).ready().get("/colors").response().headers().first("set-cookie"))
                .isPresent();
        lab.scale("colors-v1", 0).scale("colors-v2", 0).scale("colors-v3", 0).ready();
        assertThat(lab.get("/colors").response().headers().first("set-cookie")).isEmpty();
    }

    @Test
    void aSessionCookieHasNoMaxAge() {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .apply("virtualservice.yaml")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec: {host: colors, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: pin, ttl: 0s}}}}}
                        """)
                .ready();

        assertThat(lab.get("/colors").response().headers().first("set-cookie"))
                .hasValueSatisfying(line -> assertThat(line).matches("pin=\"[0-9a-f]{16}\"; HttpOnly"));
    }

    /** Envoy: hash_policy.cc sorts a header's lines. */
    @Test
    void theOrderOfHashedHeaderLinesDoesNotMatter() {
        CourseLab lab = CourseLab.started()
                .apply("gateway.yaml")
                .apply("virtualservice.yaml")
                .with(
                        """
                        kind: DestinationRule
                        metadata: {name: colors}
                        spec: {host: colors, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user}}}}
                        """)
                .ready();
        for (int i = 0; i < 20; i++) {
            String a = "a" + i;
            String b = "b" + i;
            assertThat(lab.get("/colors", "x-user", a, "X-User", b).upstream())
                    .isEqualTo(lab.get("/colors", "x-user", b, "x-user", a).upstream());
        }
    }

    @Test
    void simpleCrossOriginRequestsAreMarkedAndOthersNot() {
        CourseLab lab = lab("""
                            - corsPolicy:
                                allowOrigins: [{exact: "https://ui.example.com"}]
                                exposeHeaders: [x-a, x-b]
                                allowCredentials: true
                            """ + "  " + to("v1"));

        Headers allowed = lab.get("/", "Origin", "https://ui.example.com").response().headers();
        Headers other = lab.get("/", "Origin", "https://evil.example.com").response().headers();

        assertThat(allowed.first("access-control-allow-origin")).hasValue("https://ui.example.com");
        assertThat(allowed.first("access-control-allow-credentials")).hasValue("true");
        assertThat(allowed.first("access-control-expose-headers")).hasValue("x-a,x-b");
        assertThat(other.first("access-control-allow-origin")).isEmpty();
    }

    @Test
    void delegatesAddTheirRulesWithinTheRootsConditions() {
        CourseLab lab = lab("""
                            - match: [{uri: {prefix: /team}, headers: {x-a: {exact: "1"}}}]
                              delegate: {name: team, namespace: other}
                              timeout: 3s
                            """).with("""
                                      kind: VirtualService
                                      metadata: {name: team, namespace: other}
                                      spec:
                                        http:
                                        - match: [{uri: {prefix: /team/v2}}]
                                          route: [{destination: {host: colors.default.svc.cluster.local, subset: v2}}]
                                        - route: [{destination: {host: colors.default.svc.cluster.local, subset: v3}}]
                                      """).ready();

        assertThat(lab.get("/team/v2/x", "x-a", "1").response().text()).isEqualTo("colors-v2-0");
        assertThat(lab.get("/team/x", "x-a", "1").response().text()).isEqualTo("colors-v3-0");
        assertThat(lab.get("/team/v2/x").response().status()).isEqualTo(404);
        assertThat(sent(lab, "/team/x", "x-a", "1").headers().first("x-envoy-expected-rq-timeout-ms"))
                .as("the root's timeout")
                .hasValue("3000");
    }

    @Test
    void aVirtualServiceThatIsNotExportedToTheGatewayHasNoEffect() {
        CourseLab lab = CourseLab.finished();
        lab.with(CourseLab.manifest("destinationrule.yaml")
                .replace("  hosts:\n  - \"*\"",
                        "  exportTo: [\".\"]\n  hosts:\n  - \"*\""))
                .ready();

        assertThat(lab.get("/colors").response().status()).isEqualTo(404);
    }

    @Test
    void catchAllRoutesOfOlderVirtualServicesDoNotShadowYoungerOnes() {
        CourseLab lab = lab("- " + to("v1")).with("""
                                                  kind: VirtualService
                                                  metadata: {name: younger, creationTimestamp: "2030-01-01T00:00:00Z"}
                                                  spec:
                                                    hosts: ["*"]
                                                    gateways: [my-gateway]
                                                    http:
                                                    - match: [{uri: {exact: /two}}]
                                                      route: [{destination: {host: colors, subset: v2}}]
                                                  """).ready();

        assertThat(lab.get("/two").response().text()).isEqualTo("colors-v2-0");
        assertThat(lab.get("/one").response().text()).isEqualTo("colors-v1-0");
    }

    @ParameterizedTest
    @CsvSource({"shop.example.com, colors-v1-0", "SHOP.example.com:8080, colors-v1-0", "a.b.example.com, colors-v2-0",
        "example.com, colors-v3-0", "other.org, colors-v3-0"})
    void theMostSpecificHostAnswersWhateverItsCaseAndPort(String host, String pod) {
        CourseLab lab = CourseLab.finished();
        String[][] services = {{"exact", "shop.example.com", "v1"}, {"wild", "*.example.com", "v2"}, {"colors", "*",
            "v3"}};
        for (String[] service : services) {
            lab.with("""
                     kind: VirtualService
                     metadata: {name: %s}
                     spec: {hosts: ["%s"], gateways: [my-gateway], http: [{%s}]}
                     """.formatted(service[0], service[1], to(service[2])));
        }
        lab.ready();
        MeshRequest request = CourseLab.request("/");

        MeshAnswer answer = lab.mesh()
                .send(new MeshRequest(request.origin(), "GET", host, "/", Headers.none(),
                        request.peer(), request.body()));

        assertThat(((Answered) answer).response().text()).isEqualTo(pod);
    }

    @Test
    void redirectsAnswerWithoutAskingAnyPod() {
        CourseLab lab = lab(
                "- {match: [{uri: {prefix: /old}}], redirect: {authority: new.example.com, redirectCode: 307}}");

        Answered answer = lab.get("/old/x?y=1");

        assertThat(answer.response().status()).isEqualTo(307);
        assertThat(answer.response().headers().first("location")).hasValue("http://new.example.com/old/x?y=1");
        assertThat(answer.response().headers().first("content-length")).hasValue("0");
        assertThat(lab.pods().takeCalls()).isEmpty();
    }

    @Test
    void localRepliesWithBodyArePlainText() {
        CourseLab lab = lab("- directResponse: {status: 418, body: {string: \"I am a teapot\"}}");

        Answered answer = lab.get("/");

        assertThat(answer.response().text()).isEqualTo("I am a teapot");
        assertThat(answer.response().headers().first("content-type")).hasValue("text/plain");
        assertThat(answer.response().headers().first("content-length")).hasValue("13");
    }
}

package dev.trafficlab.embedded.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;
import dev.trafficlab.embedded.api.ApiRequest.Trusted;
import dev.trafficlab.embedded.api.ApiResponse.Complete;

import static org.assertj.core.api.Assertions.assertThat;

/** What exceeds a limit gets the answer that Kubernetes has for it, before any work is done. */
class BoundsTests {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String ROUTES = "/apis/networking.istio.io/v1/namespaces/default/virtualservices";
    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{%s}}";

    private final EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void copiesOfAJsonPatchHaveABudget() {
        create(MAPS, MAP.formatted("c", "\"k\":\"v\""));
        String doubling = IntStream.range(0, 24)
                .mapToObj("{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/x%d\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));

        Complete answer = patch(MAPS + "/c", "json-patch+json", doubling);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(text(answer)).contains("Unable to complete the copy, the accumulated size increase of copy is ",
                "exceeding the limit " + Bounds.JSON_PATCH_COPIED_BYTES);
    }

    @Test
    void aJsonPatchCannotNestWithoutEnd() {
        create(MAPS, MAP.formatted("c", "\"k\":\"v\""));
        String nesting = IntStream.range(0, 500)
                .mapToObj(
                        _ -> "{\"op\":\"add\",\"path\":\"/n\",\"value\":{}},{\"op\":\"move\",\"from\":\"/data\",\"path\":"
                                + "\"/n/x\"},{\"op\":\"move\",\"from\":\"/n\",\"path\":\"/data\"}")
                .collect(Collectors.joining(",", "[", "]"));

        Complete answer = patch(MAPS + "/c", "json-patch+json", nesting);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("nested more than " + Bounds.NESTING + " levels deep");
    }

    @ParameterizedTest
    @CsvSource({"merge-patch+json", "strategic-merge-patch+json", "apply-patch+yaml"})
    void noPatchMakesAnObjectThatCannotBeStored(String type) {
        for (int i = 0; i < 3; i++) {
            String body = MAP.formatted("c", "\"k%d\":\"%s\"".formatted(i, "x".repeat(200_000)));
            Complete answer = patch(MAPS + "/c?fieldManager=m" + i, type, body);
            if (i == 0 && answer.status() == 404) {
                create(MAPS, body);
            } else {
                assertThat(answer.status()).as(text(answer)).isEqualTo(i < 2 ? i == 0 ? 201 : 200 : 413);
            }
            if (answer.status() == 413) {
                assertThat(text(answer)).contains("RequestEntityTooLarge", "limit is " + Bounds.OBJECT_BYTES);
            }
        }
    }

    @Test
    void managedFieldsCountToTheObject() {
        String keys = IntStream.range(0, 12_000).mapToObj("\"k%d\":\"\""::formatted).collect(Collectors.joining(","));
        List<Integer> statuses = IntStream.range(0, 6)
                .mapToObj(i -> patch(MAPS + "/big?force=true&fieldManager=m" + i, "apply-patch+yaml",
                        MAP.formatted("big", keys)).status())
                .toList();

        assertThat(statuses).startsWith(201).contains(413).doesNotContain(500);
    }

    static Stream<String> bodies() {
        return Stream.of("[".repeat(100_000), "{a: ".repeat(50_000), "a: 0x" + "f".repeat(200_000), "a: 1" + "0".repeat(
                200_000), "a: 0o" + "7".repeat(200_000), "a: 1." + "3".repeat(200_000), "a: !!int 1" + "0".repeat(
                        200_000), "a: &a [" + "x,".repeat(20_000) + "]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
                "a: &s " + "x".repeat(20_000) + "\nb: [" + "*s,".repeat(20_000) + "]", "a: 1e999999999",
                "? [a, b]\n: c");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void yamlOutOfBoundsIsABadRequest(String body) {
        assertThat(send("POST", MAPS, "application/yaml", body).status()).isEqualTo(400);
        assertThat(patch(MAPS + "/z?fieldManager=x", "apply-patch+yaml", body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1e999999999", "-1e999999999", "1E400",
        "11111111111111111111111111111111111111111111111111"})
    void numbersThatNoFieldHoldsAreABadRequest(String number) {
        assertThat(send("POST", DEPLOYMENTS, "application/json",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":"
                        + number + "}}").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"1e999999999", "1e-99999", "1111111111111111111111111111111111111111111111111111Mi"})
    void quantitiesThatNothingHasAreABadRequest(String quantity) {
        assertThat(send("POST", DEPLOYMENTS, "application/json",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"selector\":{"
                        + "\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{"
                        + "\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":{\"limits\":{\"cpu\":\""
                        + quantity
                        + "\"}}}]}}}}").status()).isEqualTo(400);
    }

    static Stream<String> names() {
        return Stream.of("a.".repeat(60_000) + "!", "a-".repeat(60_000), ":".repeat(120_000) + "x", "1".repeat(
                120_000));
    }

    @ParameterizedTest
    @MethodSource("names")
    void longNamesAreRefusedAndNotRecursedInto(String name) {
        assertThat(send("POST", MAPS, "application/json", MAP.formatted(name, "")).status()).isEqualTo(422);
        assertThat(send("POST", ROUTES, "application/json", route("\"timeout\":\"" + name + "\"", name)).status())
                .isIn(400, 422);
    }

    @Test
    void warningsFitIntoAHeader() {
        String routes = IntStream.range(0, 2_000)
                .mapToObj(
                        _ -> "{\"match\":[{\"uri\":{\"prefix\":\"/i\"}}],\"route\":[{\"destination\":{\"host\":\"a\"}}]}")
                .collect(Collectors.joining(","));

        Complete answer = send("POST", ROUTES, "application/json",
                "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\",\"metadata\":{\"name\":\"v\"},"
                        + "\"spec\":{\"hosts\":[\"a\"],\"http\":[" + routes + "]}}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().get("Warning")).startsWith("299 - \"")
                .endsWith("\"")
                .hasSizeLessThan(
                        Bounds.ANSWER_HEADER_BYTES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "aaaa(|found '(', expected: in, notin, =, ==, !=, gt, lt",
        "a in (x b)|unable to parse requirement: found 'b', expected: ',' or ')'",
        "a=b c|found 'c', expected: ',' or 'end of string'", "a,|found '', expected: identifier after ','",
        ",a|found ',', expected: !, identifier, or 'end of string'", "a in x|found 'x' expected: '('",
        "a in (x|found '', expected: ',' or ')'", "!=a|found '!=', expected: !, identifier, or 'end of string'",
        "a=b!|found '!', expected: ',' or 'end of string'",
        "-a|<nil>: Invalid value: \\\"-a\\\": name part must consist of", "a>b|the value must be an integer"})
    void badLabelSelectorsAreToldOfAsThere(String selector, String message) {
        Complete answer = list("labelSelector", selector);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"app in (a,b)", "!c", "d notin ()", "e!=f", "g==h",
        "a>1",
        "in=notin", "x in (in,notin)", "a in (,b)", "a in (b,)", "a=,b", " a = b , c "})
    void goodLabelSelectorsAreTaken(String selector) {
        assertThat(list("labelSelector", selector).status()).isEqualTo(200);
    }

    @Test
    void selectorsHaveOnlySoManyTerms() {
        assertThat(list("labelSelector", "a,".repeat(600) + "a").status()).isEqualTo(400);
        assertThat(list("labelSelector", "a in (" + IntStream.range(0, 600)
                .mapToObj(i -> "v" + i)
                .collect(Collectors
                        .joining(",")) + ")").status()).isEqualTo(400);
        assertThat(list("fieldSelector", "metadata.name!=a,".repeat(100) + "metadata.name!=b").status()).isEqualTo(200);
        assertThat(send("GET", MAPS + "?labelSelector=" + "a".repeat(Bounds.QUERY_BYTES), "", "").status()).isEqualTo(
                414);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/namespaces/default/pods/none:99999999999999/proxy/",
        "/api/v1/namespaces/default/pods/none/log?sinceSeconds=9223372036854775807",
        "/api/v1/namespaces/default/configmaps?limit=99999999999999999999",
        "/api/v1/namespaces/default/configmaps?continue=!!!", "/api/v1/namespaces/default/configmaps?continue=LTEvLw",
        "/api/v1/namespaces/default/configmaps?resourceVersion=-1",
        "/api/v1/namespaces/default/configmaps?continue=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5Lw"})
    void numbersOfPathsAndQueriesAreChecked(String path) {
        assertThat(send("GET", path, "", "").status()).isBetween(400, 499);
    }

    private static String route(String more, String host) {
        return "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\",\"metadata\":{\"name\":\"v\"},\"spec\":{"
                + "\"hosts\":[\"" + host + "\"],\"http\":[{" + more
                + ",\"route\":[{\"destination\":{\"host\":\"a\"}}]}]}}";
    }

    private void create(String path, String body) {
        assertThat(send("POST", path, "application/json", body).status()).isEqualTo(201);
    }

    private Complete patch(String path, String type, String body) {
        return send("PATCH", path, "application/" + type, body);
    }

    private Complete list(String parameter, String value) {
        return send("GET", MAPS + "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8), "", "");
    }

    private Complete send(String method, String uri, String type, String body) {
        int mark = uri.indexOf('?');
        return (Complete) cluster.api()
                .handle(new ApiRequest(method, mark < 0 ? uri : uri.substring(0, mark), mark < 0 ? ""
                        : uri.substring(mark
                                + 1), Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8),
                        new Trusted()));
    }

    private static String text(Complete answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}

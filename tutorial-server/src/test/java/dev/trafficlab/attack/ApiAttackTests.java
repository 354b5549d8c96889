package dev.trafficlab.attack;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What one learner sends to the Kubernetes API, and as a manifest, to make the server work: nobody else notices. */
class ApiAttackTests {

    private static final String MAP = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{%s}}";
    private static final String APPLY = "application/apply-patch+yaml";
    private static final int AT_ONCE = 8;

    @RegisterExtension
    static final ServerUnderAttack server = ServerUnderAttack.with("--tutorial.limits.lab-calls=1200");

    @Test
    void copiesOfAJsonPatch() {
        AttackLab lab = withMap("\"k\":\"v\"");
        String doubling = operations(24, i -> copy("/metadata", "/metadata/x" + i));
        attack(lab, 422, () -> patch(lab, "json-patch+json", doubling));
        String addAndCopy = "[{\"op\":\"add\",\"path\":\"/data/big\",\"value\":\"" + "x".repeat(100_000) + "\"},"
                + operations(500, i -> copy("/data/big", "/data/b" + i)).substring(1);
        attack(lab, 422, () -> patch(lab, "json-patch+json", addAndCopy));
        String nesting = operations(1_000, _ -> "{\"op\":\"add\",\"path\":\"/n\",\"value\":{}},"
                + "{\"op\":\"move\",\"from\":\"/data\",\"path\":\"/n/x\"},{\"op\":\"move\",\"from\":\"/n\",\"path\":\"/data\"}");
        attack(lab, 400, () -> patch(lab, "json-patch+json", nesting));
    }

    @Test
    void selectorsThatBacktrack() {
        AttackLab lab = server.newLab();
        String open = "a".repeat(6_000) + "(";
        attack(lab, 400, () -> lab.kube("/api/v1/pods?labelSelector=" + encoded(open)));
        attack(lab, 400, () -> lab.kube("/api/v1/pods?labelSelector=" + encoded("a in (" + "b,".repeat(1_400))));
        attack(lab, 400, () -> lab.kube("/api/v1/pods?fieldSelector=" + encoded("=,".repeat(900))));
        String digits = "1".repeat(100_000) + "x";
        attack(lab, 422, () -> lab.kube("POST", lab.istio() + "/virtualservices", virtualService("v",
                "{\"timeout\":\"" + digits + "\",\"route\":[{\"destination\":{\"host\":\"a\"}}]}")));
        attack(lab, 422, () -> lab.kube("POST", lab.core() + "/configmaps", MAP.formatted("a.".repeat(60_000), "")));
    }

    @Test
    void numbersWithManyDigits() {
        AttackLab lab = server.newLab();
        for (String number : List.of("0x" + "f".repeat(200_000), "1" + "0".repeat(200_000), "0o" + "7".repeat(200_000),
                "1." + "3".repeat(200_000))) {
            attack(lab, 422, () -> lab.put("a: " + number));
            attack(lab, 400, () -> lab.kube("POST", lab.core() + "/configmaps", "a: " + number, "application/yaml"));
        }
    }

    @Test
    void managersThatOwnManyFields() {
        AttackLab lab = server.newLab();
        String keys = IntStream.range(0, 18_000).mapToObj("\"k%d\":\"\""::formatted).collect(Collectors.joining(","));
        List<Integer> statuses = new ArrayList<>();
        for (String manager : List.of("a", "b", "c", "d", "e", "f")) {
            statuses.add(lab.kube("PATCH", lab.core() + "/configmaps/c?force=true&fieldManager=" + manager,
                    MAP.formatted("c", keys), APPLY).statusCode());
        }
        assertThat(statuses).contains(413).doesNotContain(500);
        attack(lab, 200, () -> patch(lab, "merge-patch+json", "{\"data\":{\"k1\":\"3\"}}"));
        server.harmsNobody();
    }

    @Test
    void listsThatAreComparedItemByItem() {
        AttackLab lab = server.newLab();
        String hosts = IntStream.range(0, 14_000)
                .mapToObj(i -> "\"*." + i + ".a\"")
                .collect(Collectors.joining(","));
        attack(lab, 201, 409, () -> lab.kube("POST", lab.istio() + "/virtualservices",
                "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\",\"metadata\":{\"name\":\"hosts\"},"
                        + "\"spec\":{\"hosts\":[" + hosts
                        + "],\"http\":[{\"route\":[{\"destination\":{\"host\":\"a\"}}]}]}}"));
        String prefixes = IntStream.range(0, 2_200)
                .mapToObj(i -> "{\"match\":[{\"uri\":{\"prefix\":\"/\"},\"headers\":{\"h\":{\"exact\":\"" + i
                        + "\"}}}],\"route\":[{\"destination\":{\"host\":\"a\"}}]}")
                .collect(Collectors.joining(","));
        attack(lab, 201, 409, () -> lab.kube("POST", lab.istio() + "/virtualservices", virtualService("prefixes",
                prefixes)));
    }

    @Test
    void textsThatDifferInEveryLine() {
        AttackLab lab = server.newLab();
        for (String letter : List.of("a", "b")) {
            String lines = IntStream.range(0, 20_000)
                    .mapToObj(i -> "    " + letter + i)
                    .collect(Collectors.joining("\n"));
            attack(lab, 200, () -> lab.put(
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: lines}\ndata:\n  text: |\n"
                            + lines));
        }
    }

    @Test
    void inputsThatNoneIsReadyFor() {
        AttackLab lab = server.newLab();
        String deep = "[".repeat(100_000);
        attack(lab, 400, () -> lab.kube("POST", lab.core() + "/configmaps", deep, "application/yaml"));
        attack(lab, 400, () -> lab.kube("PATCH", lab.core() + "/configmaps/z?fieldManager=x", deep, APPLY));
        attack(lab, 422, () -> lab.put(deep));
        attack(lab, 400, () -> lab.kube("POST", lab.apps() + "/deployments",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":"
                        + "1e999999999}}"));
        attack(lab, 404, () -> lab.kube(lab.core() + "/pods/none:99999999999999/proxy/"));
        String routes = IntStream.range(0, 2_500)
                .mapToObj(
                        _ -> "{\"match\":[{\"uri\":{\"prefix\":\"/i\"}}],\"route\":[{\"destination\":{\"host\":\"a\"}}]}")
                .collect(Collectors.joining(","));
        attack(lab, 201, 409, () -> lab.kube("POST", lab.istio() + "/virtualservices", virtualService("many", routes)));
        assertThat(server.process().log()).doesNotContain("\tat ");
    }

    @Test
    void moreRequestsThanAnyoneNeeds() {
        AttackLab lab = withMap("\"k\":\"v\"");
        List<Integer> statuses = all(IntStream.range(0, 2_500)
                .<Callable<HttpResponse<String>>>mapToObj(i -> () -> patch(lab, "merge-patch+json",
                        "{\"data\":{\"k\":\"" + i
                                + "\"}}"))
                .toList(), 32);
        assertThat(statuses).contains(429).allMatch(status -> status < 500);
        HttpResponse<String> refused = Stream.generate(() -> patch(lab, "merge-patch+json", "{}"))
                .limit(300)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("TooManyRequests");
        server.harmsNobody();
    }

    /** Sends the request from several connections at once; each gets the status. */
    private void attack(AttackLab lab, int status, Callable<HttpResponse<String>> request) {
        attack(lab, status, status, request);
    }

    private void attack(AttackLab lab, int status, int other, Callable<HttpResponse<String>> request) {
        List<Integer> statuses = all(java.util.Collections.nCopies(AT_ONCE, request), AT_ONCE);
        assertThat(statuses).as(lab.id()).allMatch(found -> found == status || found == other);
        server.harmsNobody();
    }

    private static List<Integer> all(List<Callable<HttpResponse<String>>> requests, int atOnce) {
        try (ExecutorService senders = Executors.newFixedThreadPool(atOnce)) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : senders.invokeAll(requests)) {
                statuses.add(answer.get().statusCode());
            }
            return statuses;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private AttackLab withMap(String data) {
        AttackLab lab = server.newLab();
        assertThat(lab.kube("POST", lab.core() + "/configmaps", MAP.formatted("c", data)).statusCode()).isEqualTo(201);
        return lab;
    }

    private static HttpResponse<String> patch(AttackLab lab, String type, String body) {
        return lab.kube("PATCH", lab.core() + "/configmaps/c", body, "application/" + type);
    }

    private static String copy(String from, String path) {
        return "{\"op\":\"copy\",\"from\":\"" + from + "\",\"path\":\"" + path + "\"}";
    }

    private static String operations(int count, java.util.function.IntFunction<String> operation) {
        return IntStream.range(0, count).mapToObj(operation).collect(Collectors.joining(",", "[", "]"));
    }

    private static String virtualService(String name, String routes) {
        return "{\"apiVersion\":\"networking.istio.io/v1\",\"kind\":\"VirtualService\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"hosts\":[\"a\"],\"http\":[" + routes + "]}}";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.trafficlab.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What a lab's mesh and its gateway can be made to do: to themselves, and not to others. */
class GatewayAttackTests {

    private static final String MERGE = "application/strategic-merge-patch+json";
    private static final Duration SILENCE = Duration.ofSeconds(2);

    @RegisterExtension
    static final ServerUnderAttack server = ServerUnderAttack.with();

    @AfterEach
    void nothingOfALearnersMakesAStackTrace() {
        assertThat(server.process().log()).doesNotContain("\tat ", "StackOverflowError", "OutOfMemoryError");
        assertThat(server.process().log().length()).isLessThan(64 * 1024);
    }

    @Test
    void aRequestThatCallsItselfWithCopiesEndsByItself() {
        AttackLab lab = looping("");

        assertThat(together(8, () -> lab.visit("/data").statusCode())).allMatch(status -> status >= 503);
        server.harmsNobody();
    }

    @Test
    void soDoesOneThatIsTriedAgainAtEveryHop() {
        AttackLab lab = looping("\"retries\": {\"attempts\": 50, \"retryOn\": \"5xx\", \"backoff\": \"1ms\"}, ");

        assertThat(together(8, () -> lab.visit("/data").statusCode())).allMatch(status -> status >= 500);
        server.harmsNobody();
    }

    @Test
    void whatAnImpatientCallerLeavesBehindDoesNotGoOnForAnHour() {
        AttackLab lab = looping(
                "\"fault\": {\"delay\": {\"fixedDelay\": \"3600s\", \"percentage\": {\"value\": 100}}}, ");

        for (int i = 0; i < 3; i++) {
            assertThat(together(200, () -> lab.visit("/data").statusCode())).containsOnly(504);
        }
        server.harmsNobody();
    }

    /** An app that calls itself through a route that copies each call three times. */
    private static AttackLab looping(String policy) {
        AttackLab lab = server.newLab().opened();
        lab.kube("PATCH", lab.apps() + "/deployments/logger-frontend",
                """
                {"spec": {"template": {"spec": {"containers": [{"name": "logger-frontend",
                 "env": [{"name": "LOG_BACKEND", "value": "logger-frontend"}]}]}}}}""", MERGE);
        apply(lab,
                """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "loop"},
                 "spec": {"hosts": ["logger-frontend"], "gateways": ["mesh"], "http": [{%s"rewrite": {"uri": "/data"},
                  "route": [{"destination": {"host": "logger-frontend"}}],
                  "mirrors": [{"destination": {"host": "logger-frontend"}}, {"destination": {"host": "logger-frontend"}},
                              {"destination": {"host": "logger-frontend"}}]}]}}"""
                        .formatted(policy), "virtualservices/loop");
        virtualService(lab, "{\"timeout\": \"2s\", \"route\": [{\"destination\": {\"host\": \"logger-frontend\"}}]}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> lab.visit("/data").statusCode() >= 500);
        return lab;
    }

    @Test
    void aRingOfEightMillionEntriesIsBuiltOnceAndSmall() throws IOException, InterruptedException {
        long before = server.process().heapAfterCollection();
        List<AttackLab> labs = IntStream.range(0, 4)
                .mapToObj(_ -> hashing("\"ringHash\": {\"minimumRingSize\": 8388608}"))
                .toList();

        for (AttackLab lab : labs) {
            assertThat(together(16, () -> lab.visit("/colors").statusCode())).containsOnly(200);
        }
        server.harmsNobody();
        assertThat(server.process().heapAfterCollection() - before).isLessThan(60L << 20);
    }

    @Test
    void soIsTheLargestMaglevTable() {
        AttackLab lab = hashing("\"maglev\": {\"tableSize\": 4999999}");

        assertThat(together(16, () -> lab.visit("/colors").statusCode())).containsOnly(200);
        server.harmsNobody();
    }

    private static AttackLab hashing(String table) {
        AttackLab lab = server.newLab().opened();
        apply(lab,
                """
                {"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": {"name": "colors"}, "spec":
                 {"host": "colors", "trafficPolicy": {"loadBalancer": {"consistentHash": {"httpHeaderName": "user", %s}}}}}"""
                        .formatted(table), "destinationrules/colors");
        return lab;
    }

    @Test
    void nestedRepetitionsTakeNoTime() {
        AttackLab lab = server.newLab().opened();
        String regex = "{\"match\": [{\"uri\": {\"regex\": \"%s\"}}], \"route\": [{\"destination\": {\"host\": \"colors\"}}]}";
        for (String expression : List.of("((a{0,30}){0,30}){0,30}b", "((/a{0,100}){0,100}){0,100}b", "/(.*a){400}",
                "(/?a?){600}b")) {
            String rules = String.join(",", java.util.Collections.nCopies(30, regex.formatted(expression)));
            HttpResponse<String> answer = virtualService(lab, rules);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            together(8, () -> lab.visit("/" + "a".repeat(7_000)).statusCode());
        }
        server.harmsNobody();
    }

    @Test
    void manyHostsTimesManyRoutesAreCountedBeforeTheyAreBuilt() {
        AttackLab lab = server.newLab().opened();
        String hosts = IntStream.range(0, 4_000)
                .mapToObj(i -> "\"h" + i + ".example.com\"")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String rules = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"match\":[{\"uri\":{\"exact\":\"/" + i
                        + "\"}}],\"route\":[{\"destination\":{\"host\":\"colors\"}}]}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        HttpResponse<String> answer = apply(lab,
                """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "wide"}, "spec":
                 {"hosts": [%s], "gateways": ["my-gateway"], "http": [%s]}}""".formatted(hosts, rules),
                "virtualservices/wide");
        assertThat(answer.statusCode()).isLessThan(500);

        together(8, () -> lab.visit("/colors").statusCode());
        server.harmsNobody();
    }

    @Test
    void aCookieBombReachesNoOtherPage() {
        AttackLab lab = server.newLab().opened();
        virtualService(lab,
                """
                {"rewrite": {"uri": "/"}, "route": [{"destination": {"host": "colors"}}], "headers": {"response": {"set":
                 {"set-cookie": "junk1=%s; Domain=localhost; Path=/; Max-Age=99999"}}}}"""
                        .formatted("x".repeat(3_900)));

        assertThat(lab.visit("/colors").headers().firstValue("set-cookie").orElseThrow())
                .contains("Path=" + lab.gateway() + "/")
                .doesNotContain("Domain", "Path=/;");
    }

    @Test
    void headsThatComeByTheByteAreGivenUp() throws IOException {
        List<Socket> slow = connections(700, "GET /x HTTP/1.1\r\nHost: a\r\nX: ");
        try {
            server.harmsNobody();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> drip(slow, "y") == 0);
        } finally {
            close(slow);
        }
    }

    @Test
    void bodiesThatComeByTheByteAreGivenUp() throws IOException {
        AttackLab lab = server.newLab().opened();
        List<Socket> slow = new ArrayList<>(connections(150,
                "POST /api/v1/labs HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n"));
        slow.addAll(connections(150, "POST " + lab.gateway()
                + "/colors HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\nx-wait: 1\r\n\r\n"));
        try {
            server.harmsNobody();
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> drip(slow, "y") == 0);
        } finally {
            close(slow);
        }
    }

    @Test
    void thousandsOfSilentConnectionsLeaveRoomForOthers() throws IOException {
        List<Socket> silent = connections(3_000, "");
        try {
            server.harmsNobody();
        } finally {
            close(silent);
        }
    }

    @Test
    void wrongHttpInBulkIsAnsweredAndNothingElse() throws IOException {
        AttackLab lab = server.newLab().opened();
        for (String request : List.of("GET {P} HTTP/1.1\r\n\r\n",
                "POST {P} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\nabc",
                "POST {P} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "\0\0\0\r\n\r\n",
                "GET {P} HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n")) {
            String raw = request.replace("{P}", lab.gateway() + "/colors");
            assertThat(together(50, () -> server.process().raw(raw, SILENCE))).allMatch(answer -> answer.matches(
                    "(?s)HTTP/1.1 (400|431|501) .*"));
        }
        server.harmsNobody();
    }

    @Test
    void aLabBeyondItsShareIsToldSoAlone() {
        AttackLab lab = server.newLab().opened();
        virtualService(lab, "{\"fault\": {\"delay\": {\"fixedDelay\": \"3s\", \"percentage\": {\"value\": 100}}},"
                + " \"route\": [{\"destination\": {\"host\": \"colors\"}}], \"rewrite\": {\"uri\": \"/\"}}");

        List<Integer> statuses = together(400, () -> lab.visit("/").statusCode());

        assertThat(statuses).contains(200, 429).containsOnlyElementsOf(List.of(200, 429));
        server.harmsNobody();
    }

    private static HttpResponse<String> virtualService(AttackLab lab, String rules) {
        return apply(lab,
                """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "colors"}, "spec":
                 {"hosts": ["*"], "gateways": ["my-gateway"], "http": [%s]}}"""
                        .formatted(rules), "virtualservices/colors");
    }

    private static HttpResponse<String> apply(AttackLab lab, String json, String resource) {
        return lab.kube("PATCH", lab.istio() + "/" + resource + "?fieldManager=x&force=true", json,
                "application/apply-patch+yaml");
    }

    private static <T> List<T> together(int count, Callable<T> request) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> answers = IntStream.range(0, count).mapToObj(_ -> threads.submit(request)).toList();
            List<T> got = new ArrayList<>();
            for (Future<T> answer : answers) {
                got.add(answer.get());
            }
            return got;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<Socket> connections(int count, String beginning) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.process().port());
            sockets.add(socket);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
        }
        return sockets;
    }

    /** Sends a byte on each that is open still, and tells how many are. */
    private static int drip(List<Socket> sockets, String letter) {
        sockets.removeIf(socket -> {
            try {
                socket.getOutputStream().write(letter.getBytes(StandardCharsets.ISO_8859_1));
                return socket.getInputStream().available() > 0;
            } catch (IOException closed) {
                return true;
            }
        });
        return sockets.size();
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}

package dev.trafficlab.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;

import static dev.trafficlab.gateway.GatewayServer.LAB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class GatewayAdapterTests {

    private GatewayServer server;

    @BeforeEach
    void start() {
        server = new GatewayServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/colors", "//colors", "/a//b/", "/a%2Fb", "/a%5cb", "/%2e%2e/x", "/..",
        "/../../../etc", "/a/./b/../c",
        "/colors;x=1", "/a;jsessionid=1/b", "/colors.", "/colors..", "/colors?", "/colors?a=b&a=c%20d", "/?", "/a%zz",
        "/a%",
        "/a|b", "/[x]?q={y}", "/?%00", "/%c3%a4", "/COLORS", "/?x=/../"})
    void pathAndQueryArriveAsSent(String target) throws IOException {
        String answer = server.request("GET", "/gateway/" + LAB + target);

        assertThat(answer).startsWith("HTTP/1.1 200");
        assertThat(server.ingress.last().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"'',/", "?a=b,/?a=b"})
    void emptyPathIsTheRoot(String rest, String target) throws IOException {
        server.request("GET", "/gateway/" + LAB + rest);

        assertThat(server.ingress.last().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
    void everyMethodReachesTheMesh(String method) throws IOException {
        server.request(method, "/gateway/" + LAB + "/colors");

        assertThat(server.ingress.last().method()).isEqualTo(method);
    }

    @Test
    void meshSeesHostHeadersAndPeer() throws IOException {
        server.request("GET", "/gateway/" + LAB + "/", "x-User: Ann", "Accept: a", "Accept: b",
                "X-Forwarded-For: 1.2.3.4",
                "Connection: X-Hop", "X-Hop: 1", "TE: trailers", "x-envoy-retry-on: 5xx");

        MeshRequest seen = server.ingress.last();
        assertThat(seen.origin()).isEqualTo(new MeshRequest.FromOutside(80));
        assertThat(seen.authority()).isEqualTo("shop.example:8080");
        assertThat(seen.headers().fields()).containsExactly(new Headers.Field("x-User", "Ann"), new Headers.Field(
                "Accept", "a"),
                new Headers.Field("Accept", "b"), new Headers.Field("X-Forwarded-For", "1.2.3.4"),
                new Headers.Field("TE", "trailers"), new Headers.Field("x-envoy-retry-on", "5xx"));
        assertThat(seen.peer()).matches("127\\.0\\.0\\.1:\\d+");
    }

    @Test
    void bodiesArriveWholeWhetherCountedOrChunked() throws IOException {
        server.exchange("POST /gateway/" + LAB
                + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
        server.exchange("POST /gateway/" + LAB
                + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");

        assertThat(server.ingress.received).extracting(request -> new String(request.body().bytes(), UTF_8))
                .containsExactly("hello",
                        "hello");
        assertThat(server.ingress.last().headers().first("transfer-encoding")).isEmpty();
    }

    @Test
    void expectContinueIsGranted() throws IOException {
        String answer = server.exchange("POST /gateway/" + LAB
                + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");

        assertThat(answer).startsWith("HTTP/1.1 100").contains("HTTP/1.1 200");
        assertThat(server.ingress.last().body().stream()).hasContent("hi");
    }

    @Test
    void bodiesOverTheLimitAreRefusedAndNeverReachAPodWhole() throws IOException {
        int tooMuch = Gateway.LARGEST_BODY + 1;
        String counted = server.exchange("POST /gateway/" + LAB
                + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + tooMuch + "\r\n\r\n" + "x".repeat(tooMuch));
        String chunked = server.exchange("POST /gateway/" + LAB
                + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(tooMuch) + "\r\n" + "x".repeat(tooMuch) + "\r\n0\r\n\r\n");

        assertThat(List.of(counted, chunked)).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 413")
                .contains("application/problem+json")
                .contains("256 KiB"));
        assertThat(server.ingress.received).isEmpty();
    }

    @Test
    void largestBodyPasses() throws IOException {
        server.exchange("POST /gateway/" + LAB + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + Gateway.LARGEST_BODY + "\r\n\r\n" + "x".repeat(Gateway.LARGEST_BODY));

        assertThat(server.ingress.last().body().length()).hasValue(Gateway.LARGEST_BODY);
    }

    @Test
    void answerIsTheMeshsOwnInsideASandbox() throws IOException {
        server.ingress.answers(418, Headers.of("server", "istio-envoy", "content-type", "text/html; charset=UTF-8",
                "x-a", "1", "x-a",
                "2", "connection", "close", "set-cookie", "user=\"abc\"; HttpOnly"), "tea".repeat(4000));

        String answer = server.request("GET", "/gateway/" + LAB + "/", "Accept-Encoding: gzip");

        assertThat(answer).startsWith("HTTP/1.1 418 \r\n")
                .contains("server: istio-envoy\r\n",
                        "content-type: text/html; charset=UTF-8\r\n", "x-a: 1\r\n", "x-a: 2\r\n",
                        "set-cookie: user=\"abc\"; HttpOnly\r\n",
                        "Content-Length: 12000\r\n",
                        "content-security-policy: sandbox allow-scripts allow-forms allow-popups\r\n",
                        "x-content-type-options: nosniff\r\n")
                .endsWith("\r\n\r\n" + "tea".repeat(4000));
        assertThat(answer).doesNotContainIgnoringCase("content-encoding").doesNotContainIgnoringCase("vary:");
    }

    @Test
    void headIsAnsweredWithTheLengthOnly() throws IOException {
        String answer = server.request("HEAD", "/gateway/" + LAB + "/");

        assertThat(answer).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void emptyAnswersHaveNoBody() throws IOException {
        server.ingress.answers(204, Headers.none(), "");

        assertThat(server.request("GET", "/gateway/" + LAB + "/")).startsWith("HTTP/1.1 204")
                .endsWith("\r\n\r\n")
                .doesNotContainIgnoringCase("content-length");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 503})
    void anEmptyAnswerToHeadTellsNoLengthUnlessItSaysSoItself(int status) throws IOException {
        server.ingress.answers(status, Headers.of("server", "istio-envoy"), "");

        assertThat(server.request("HEAD", "/gateway/" + LAB + "/")).startsWith("HTTP/1.1 " + status)
                .doesNotContainIgnoringCase("content-length");

        server.ingress.answers(status, Headers.of("server", "istio-envoy", "content-length", "7"), "");

        assertThat(server.request("HEAD", "/gateway/" + LAB + "/")).containsIgnoringCase("content-length: 7\r\n");
    }

    /** Seen at Envoy 1.40, for a directResponse with the body "hi". */
    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void theLengthIsToldOfABodyThatItsStatusForbids(int status) throws IOException {
        server.ingress.answers(status, Headers.of("content-type", "text/plain", "content-length", "2"), "hi");

        assertThat(server.request("GET", "/gateway/" + LAB + "/")).startsWith("HTTP/1.1 " + status)
                .contains("content-length: 2\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void connectionCarriesSeveralRequests() throws IOException {
        String twice = ("GET /gateway/" + LAB + "/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                + ("POST /gateway/" + LAB + "/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")
                + ("GET /gateway/" + LAB + "/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        String answers = server.exchange(twice);

        assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(4);
        assertThat(server.ingress.received).extracting(MeshRequest::target).containsExactly("/1", "/2", "/3");
    }

    @Test
    void connectionRefusedIsAProblemThatSaysWhatToDo() throws IOException {
        server.ingress.answers(request -> new MeshAnswer.ConnectionRefused("Apply a Gateway for port 80."));

        String answer = server.request("GET", "/gateway/" + LAB + "/");

        assertThat(answer).startsWith("HTTP/1.1 502")
                .contains("application/problem+json", "connection refused",
                        "Apply a Gateway for port 80.");
        assertThat(server.told).containsExactly(new RequestListener.AnsweredRequest(0, false, Map.of(), List.of()));
    }

    @Test
    void unknownLabIsAProblem() throws IOException {
        assertThat(server.request("GET", "/gateway/lab-zzzzzzzzzz/")).startsWith("HTTP/1.1 404")
                .contains("application/problem+json",
                        "lab-zzzzzzzzzz");
        assertThat(server.ingress.received).isEmpty();
    }

    @Test
    void listenersLearnHowEachRequestEnded() throws IOException {
        server.request("GET", "/gateway/" + LAB + "/");

        assertThat(server.told).containsExactly(new RequestListener.AnsweredRequest(200, true, Map.of("version", "v1"),
                List.of()));
    }

    @Test
    void everythingElseIsTheServlets() throws IOException {
        assertThat(server.request("GET", "/gatewayx")).endsWith("servlet /gatewayx");
        assertThat(server.request("GET", "/gateway/")).endsWith("servlet /gateway/");
        assertThat(server.request("GET", "/x/gateway/" + LAB + "/")).endsWith("servlet /x/gateway/" + LAB + "/");
    }
}

package dev.trafficlab.gateway;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.Headers;

import static dev.trafficlab.gateway.GatewayServer.LAB;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are none, or odd ones, are answered as an Envoy with Istio's settings answers them; each was seen at Envoy 1.40. */
class EnvoyRequestTests {

    private static final String PATH = "/gateway/" + LAB;

    private GatewayServer server;

    @BeforeEach
    void start() {
        server = new GatewayServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String answer(String request) throws IOException {
        return server.exchange(request.replace("{P}", PATH).replace("|", "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET {P}/x HTTP/1.1|Host: a|Host: b||", "GET {P}/x HTTP/1.1|Host: a|Host: a||",
        "GET {P}/x HTTP/1.1|Host: a b||", "GET {P}/x HTTP/1.1|Host: \u00e4||", "GET {P}/x HTTP/1.1|Host: a/b||",
        "GET {P}/x HTTP/1.1|Host: a<b||", "GET {P}/x HTTP/1.1|Host: a{b||", "FOO {P}/x HTTP/1.1|Host: a||",
        "get {P}/x HTTP/1.1|Host: a||", "G@T {P}/x HTTP/1.1|Host: a||", "GET {P}/x\u00e4 HTTP/1.1|Host: a||",
        "GET {P}/x?\u00e4 HTTP/1.1|Host: a||", "GET {P}/x\u0001 HTTP/1.1|Host: a||",
        "GET {P}/x\u007f HTTP/1.1|Host: a||", "GET {P}/x y HTTP/1.1|Host: a||", "GET {P}/x HTTX/1.1|Host: a||",
        "GET {P}/x HTnn|Host: a||", "GET {P}/x HTTP/1.1\u00f3|Host: a||", "GET {P}/x\u00f3 HT||",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 4||abcd",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 3||abc",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: 3, 3||abc", "POST {P}/x HTTP/1.1|Host: a|Content-Length: -3||abc",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: +3||abc", "POST {P}/x HTTP/1.1|Host: a|Content-Length:||",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: 99999999999999999999||abc",
        "POST {P}/x HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked||3|abc|0||",
        "POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding: chunked|content-length : 3||0||",
        "POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding: xchunked|Content-Length: 3||abc",
        "GET {P}/x HTTP/1.1|Host: a|X y: a||", "GET {P}/x HTTP/1.1|Host: a|X : a||", "GET {P}/x HTTP/1.1|Host: a|: a||",
        "GET {P}/x HTTP/1.1|Host: a|abc||", "GET {P}/x HTTP/1.1|Host: a|:path: /y||",
        "GET {P}/x HTTP/1.1|Host: a|X: a\u0000b||"})
    void whatIsNoRequestIsABadRequest(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400 ")
                .contains("server: istio-envoy\r\n", "content-type: text/plain\r\n", "connection: close\r\n")
                .endsWith("\r\n\r\nBad Request");
        assertThat(server.ingress.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /x%00 HTTP/1.1|Host: a||", "GET /x%2Fy HTTP/1.1|Host: a||",
        "GET /../x HTTP/1.1|Host: a||",
        "GET /%zz HTTP/1.1|Host: a||"})
    void aPathThatNoPageCanHaveIsRefusedInTwoWords(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\nBad Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET {P}/x HTTP/1.1||", "GET {P}/x%00 HTTP/1.1|Host: a||"})
    void someAreRefusedWithoutAWord(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400 ")
                .contains("server: istio-envoy\r\n", "Content-Length: 0\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding: xchunked||abc;501",
        "POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||0||;501",
        "POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||;501",
        "POST {P}/x HTTP/1.1|Host: a|Transfer-Encoding:||0||;501", "GET {P}/x HTTP/1.0|Host: a||;426",
        "GET {P}/x HTTP/1.0||;426", "GET {P}/x HTTP/1.2|Host: a||;426", "GET {P}/x HTTP/2.0|Host: a||;426",
        "GET https://b.example{P}/x HTTP/1.1|Host: a||;403",
        "GET {P}/x HTTP/1.1|Host: a|Connection: upgrade|Upgrade: foo||;403"})
    void othersSayWhatIsNotSupported(String request, int status) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 " + status + " ").contains("server: istio-envoy\r\n");
        assertThat(server.ingress.received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a_b!~", "Host: u@b", "Host: a:xx", "Host: a:99999", "Host: a,b", "Host: [::1]:80",
        "Host: a%20b", "Host:"})
    void oddHostsAreTheMeshsToJudge(String host) throws IOException {
        assertThat(answer("GET {P}/x HTTP/1.1|" + host + "|Connection: close||")).startsWith("HTTP/1.1 200 ");
        assertThat(server.ingress.last().authority()).isEqualTo(host.substring(5).strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"/x#frag;/x", "/x?a#frag?b;/x?a", "/x#a#b;/x", "#top;/", "/x#a?b;/x"})
    void aFragmentIsDropped(String sent, String seen) throws IOException {
        assertThat(server.request("GET", PATH + sent)).startsWith("HTTP/1.1 200 ");
        assertThat(server.ingress.last().target()).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://b.example:81", "HTTP://u:p@b.example:81"})
    void theHostOfAnAbsoluteTargetWins(String origin) throws IOException {
        answer("GET " + origin + "{P}/x?q HTTP/1.1|Host: a|Connection: close||");

        assertThat(server.ingress.last().authority()).isEqualTo("b.example:81");
        assertThat(server.ingress.last().target()).isEqualTo("/x?q");
    }

    @ParameterizedTest
    @CsvSource({"9000,200", "55000,200", "61200,200", "61500,431", "70000,431", "200000,431"})
    void headersMayHaveSixtyKibibytes(int size, int status) throws IOException {
        assertThat(server.request("GET", PATH + "/", "X: " + "a".repeat(size))).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"98,200", "99,431", "300,431", "2000,431"})
    void thereMayBeAHundredHeaders(int more, int status) throws IOException {
        String[] headers = new String[more];
        for (int i = 0; i < more; i++) {
            headers[i] = "x" + i + ": a";
        }
        assertThat(server.request("GET", PATH + "/", headers)).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"9000,200", "59000,200", "62000,431", "100000,431"})
    void pathsMayBeLong(int length, int status) throws IOException {
        assertThat(server.request("GET", PATH + "/" + "a".repeat(length))).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"8,200", "50,200", "61,503", "300,503"})
    void anAnswersHeadIsWholeOrNone(int kibibytes, int status) throws IOException {
        server.ingress.answers(200, Headers.of("x-big", "b".repeat(kibibytes * 1024)), "hello");

        String answer = server.request("GET", PATH + "/");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ")
                .endsWith(status == 200 ? "hello" : "reset reason: protocol error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1|Host: a|X: {9000}||", "GET /{9000} HTTP/1.1|Host: a||"})
    void pagesTakeEightKibibytesAsEver(String request) throws IOException {
        assertThat(answer(request.replace("{9000}", "a".repeat(9000)))).startsWith("HTTP/1.1 431 ")
                .doesNotContain("<html", "istio-envoy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /x\u00e4 HTTP/1.1|Host: a||", "GET /x#y HTTP/1.1|Host: a||",
        "G@T / HTTP/1.1|Host: a||",
        "GET x HTTP/1.1|Host: a||", "GET / HTTP/1.1||",
        "POST / HTTP/1.1|Host: a|Content-Length: 3|Content-Length: 4||abcd",
        "\u0016\u0003\u0001\u0002\u0000\u0001|||", "GET / HTTP/1.1|Host: a b||"})
    void elsewhereABadRequestIsAPlainOne(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400 ").doesNotContain("<html", "istio-envoy");
    }

    @Test
    void requestsOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
        String both = answer("GET {P}/1 HTTP/1.1|Host: a||GET {P}/2 HTTP/1.1|Host: a|Connection: close||");

        assertThat(both.split("HTTP/1.1 200 ", -1)).hasSize(3);
        assertThat(server.ingress.received).extracting(request -> request.target()).containsExactly("/1", "/2");
    }

    @Test
    void aFailureOfOursIsNoEmptyAnswer() throws IOException {
        server.ingress.answers(request -> {
            throw new IllegalStateException("a fault");
        });

        assertThat(server.request("GET", PATH + "/")).startsWith("HTTP/1.1 503 ").doesNotContain("a fault", "\tat ");
    }
}

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

/** A lab's gateway as a site of its own, and as a path of this server's. */
class GatewaySiteTests {

    private static final String SITE = LAB + ".localhost:8080";

    private GatewayServer server;

    @BeforeEach
    void start() {
        server = new GatewayServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String get(String host, String target, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return server.exchange("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + more
                + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {SITE, LAB + ".localhost", "LAB-abcdefghij.LOCALHOST:1", LAB + ".labs.example.org"})
    void everyPathOfItsOwnHostIsTheMeshs(String host) throws IOException {
        for (String target : new String[]{"/", "/api/v1/labs?x", "//a%2F..;/b", "/gateway/" + LAB + "/x"}) {
            assertThat(get(host, target)).startsWith("HTTP/1.1 200 ");
            assertThat(server.ingress.last().target()).isEqualTo(target);
            assertThat(server.ingress.last().authority()).isEqualTo(host);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "labs.example.org", "www.labs.example.org", "a." + LAB + ".localhost",
        LAB + ".localhost.evil.example", LAB + ".example.org"})
    void everyOtherHostIsThisServers(String host) throws IOException {
        assertThat(get(host, "/x")).endsWith("servlet /x");
    }

    @Test
    void aSiteOfALabThatIsGoneIsNotThisServersOwn() throws IOException {
        assertThat(get("lab-zzzzzzzzzz.localhost", "/")).startsWith("HTTP/1.1 404 ").contains("No such lab");
    }

    @Test
    void nothingIsDroppedThere() throws IOException {
        server.ingress.answers(200, Headers.of("set-cookie", "JSESSIONID=1; Path=/", "set-cookie",
                LAB + "=2; Path=/x; Domain=" + LAB + ".localhost", "clear-site-data", "\"*\"", "location", "/next"),
                "hello");

        String answer = get(SITE, "/", "Cookie: JSESSIONID=a; XSRF-TOKEN=b", "Authorization: Basic aW5zdHJ1Y3Rvcjp4",
                "Upgrade: websocket");

        assertThat(server.ingress.last().headers().first("cookie")).contains("JSESSIONID=a; XSRF-TOKEN=b");
        assertThat(server.ingress.last().headers().first("authorization")).contains("Basic aW5zdHJ1Y3Rvcjp4");
        assertThat(server.ingress.last().headers().first("upgrade")).contains("websocket");
        assertThat(answer).contains("set-cookie: JSESSIONID=1; Path=/\r\n",
                "set-cookie: " + LAB + "=2; Path=/x; Domain=" + LAB + ".localhost\r\n", "clear-site-data:",
                "location: /next\r\n").doesNotContain("content-security-policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Domain=localhost", "domain=.example.org", "Domain = org"})
    void aCookieForAWiderDomainIsTheHostsOwn(String domain) throws IOException {
        server.ingress.answers(200, Headers.of("set-cookie", "a=1; " + domain + "; Path=/"), "hello");

        assertThat(get(SITE, "/")).contains("set-cookie: a=1; Path=/\r\n");
    }

    @Test
    void aCookieNamedJsessionidPassesBothWaysOnThePath() throws IOException {
        server.ingress.answers(200, Headers.of("set-cookie", "JSESSIONID=\"1\"; Max-Age=40; HttpOnly"), "hello");

        String answer = get("localhost", "/gateway/" + LAB + "/", "Cookie: JSESSIONID=a; " + LAB + "=s");

        assertThat(server.ingress.last().headers().first("cookie")).contains("JSESSIONID=a");
        assertThat(answer).contains("set-cookie: JSESSIONID=\"1\"; Max-Age=40; HttpOnly\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a=1; Path=/|a=1; Path=/gateway/lab-abcdefghij/",
        "a=1; path=/x; Domain=localhost; HttpOnly|a=1; HttpOnly; Path=/gateway/lab-abcdefghij/x",
        "a=1;Domain=.org|a=1", "a=1; PATH=x|a=1; Path=/gateway/lab-abcdefghij/",
        "a=path=/; Path=/y|a=path=/; Path=/gateway/lab-abcdefghij/y"})
    void onThePathACookieHoldsForItAlone(String set, String seen) throws IOException {
        server.ingress.answers(200, Headers.of("set-cookie", set), "hello");

        assertThat(get("localhost", "/gateway/" + LAB + "/")).contains("set-cookie: " + seen + "\r\n");
    }

    @Test
    void onThePathCookiesHaveASizeAndANumber() throws IOException {
        String[] cookies = new String[60];
        for (int i = 0; i < 60; i += 2) {
            cookies[i] = "set-cookie";
            cookies[i + 1] = "c" + i + "=" + (i == 0 ? "x".repeat(5_000) : "1");
        }
        server.ingress.answers(200, Headers.of(cookies), "hello");

        String answer = get("localhost", "/gateway/" + LAB + "/");

        assertThat(answer.split("set-cookie:", -1)).hasSizeLessThanOrEqualTo(1 + PathSite.MOST_COOKIES);
        assertThat(answer).doesNotContain("xxxx");
    }

    @ParameterizedTest
    @CsvSource({"/docs/,text/html,/gateway/lab-abcdefghij/docs/", "/docs/,*/*,/gateway/lab-abcdefghij/docs/",
        "http://localhost:1/docs/?a,text/html,http://localhost:1/gateway/lab-abcdefghij/docs/?a",
        "http://localhost:1/docs/,*/*,http://localhost:1/docs/", "http://other/docs/,text/html,http://other/docs/",
        "//other/docs,text/html,//other/docs", "docs,text/html,docs"})
    void onThePathARedirectStaysInside(String location, String accept, String seen) throws IOException {
        server.ingress.answers(301, Headers.of("location", location), "");

        assertThat(get("localhost:1", "/gateway/" + LAB + "/", "Accept: " + accept)).contains("location: " + seen
                + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({"Basic YW5uOng=,true", "Basic aW5zdHJ1Y3Rvcjp4,false", "Bearer lab-abcdefghij.s,false",
        "Bearer a.b.c,true"})
    void onThePathOnlyThisServersOwnCredentialsAreKeptBack(String sent, boolean passes) throws IOException {
        get("localhost", "/gateway/" + LAB + "/", "Authorization: " + sent);

        assertThat(server.ingress.last().headers().first("authorization").isPresent()).isEqualTo(passes);
    }
}

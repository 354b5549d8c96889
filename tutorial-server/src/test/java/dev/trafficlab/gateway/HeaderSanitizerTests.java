package dev.trafficlab.gateway;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.demo.Headers;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderSanitizerTests {

    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', value = {"lab-abcdefghij=secret|none",
        "a=1; lab-abcdefghij=s; b=2|a=1; b=2",
        "XSRF-TOKEN=x;JSESSIONID=y; user=ann|JSESSIONID=y; user=ann",
        "__Host-lab-abcdefghij=s; traffic_lab_session=t|none", "lab-abcdefghijk=mine|lab-abcdefghijk=mine",
        "user=\"a b\"|user=\"a b\"", "''|''", "a=1;b=2|a=1;b=2"})
    void ownCookiesStayOutside(String sent, String seen) {
        Headers headers = HeaderSanitizer.inboundShared(Headers.of("Cookie", sent)).headers();

        assertThat(headers.first("cookie").orElse(null)).isEqualTo(seen);
    }

    /** Envoy 1.40 hands these on to the pod. */
    @Test
    void whatAGatewayHandsOnStays() {
        Headers headers = Headers.of("te", "trailers", "trailer", "x-sum", "proxy-authorization", "Basic eDp5");

        assertThat(HeaderSanitizer.inboundShared(headers).headers()).isEqualTo(headers);
        assertThat(HeaderSanitizer.inbound(headers)).isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic aW5zdHJ1Y3Rvcjp4", "Bearer lab-abcdefghij.secret", "bearer  lab-abcdefghij.x"})
    void ownCredentialsStayOutside(String sent) {
        assertThat(HeaderSanitizer.inboundShared(Headers.of("Authorization", sent)).headers().fields()).isEmpty();
    }

    @Test
    void appsOwnBearerTokensPass() {
        Headers headers = Headers.of("Authorization", "Bearer eyJhbGciOi.x.y");

        assertThat(HeaderSanitizer.inboundShared(headers).headers()).isEqualTo(headers);
    }

    @Test
    void appsCannotSpeakForTheWholeOrigin() {
        Headers headers = HeaderSanitizer.outboundShared(Headers.of("Clear-Site-Data", "\"*\"", "Set-Cookie",
                "lab-abcdefghij=forged; Path=/",
                "set-cookie", "user=ann", "Strict-Transport-Security", "max-age=1", "x-envoy-upstream-service-time",
                "3"), new PathSite("/gateway/lab-abcdefghij", "localhost:8080", false)).headers();

        assertThat(headers.fields()).extracting(Headers.Field::name)
                .containsExactly("set-cookie",
                        "x-envoy-upstream-service-time",
                        "content-security-policy", "x-content-type-options");
    }
}

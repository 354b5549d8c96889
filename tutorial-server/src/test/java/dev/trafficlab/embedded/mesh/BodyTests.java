package dev.trafficlab.embedded.mesh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.proxy.RetryBuffer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that still arrive while the request is routed. */
class BodyTests {

    private static CourseLab failing(CourseLab lab) {
        var broken = new FakePods.Behavior(500, 0, false);
        return lab.behave("colors-v1", broken).behave("colors-v2", broken).behave("colors-v3", broken);
    }

    private static Answered post(CourseLab lab, InputStream body) {
        return (Answered) lab.mesh()
                .send(new MeshRequest(new MeshRequest.FromOutside(80), "POST", "localhost", "/",
                        Headers.none(), "203.0.113.7:51234", new Body.Arriving(body, OptionalLong.empty())));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(US_ASCII));
    }

    @Test
    void everyTryGetsTheWholeBody() {
        CourseLab lab = failing(CourseLab.routing("retries: {attempts: 3, retryOn: 5xx}"));

        post(lab, text("hello"));

        assertThat(lab.pods().takeCalls()).extracting(call -> call.request().text())
                .containsExactly("hello", "hello",
                        "hello", "hello");
    }

    /** Envoy's retry_shadow_buffer_limit: "Request size over this limit means that the request will not be retried". */
    @Test
    void aBodyLargerThanTheBufferIsSentOnce() {
        CourseLab lab = failing(CourseLab.routing("retries: {attempts: 3, retryOn: 5xx}"));

        Answered answer = post(lab, text("x".repeat(RetryBuffer.LIMIT + 1)));

        assertThat(answer.response().status()).isEqualTo(500);
        assertThat(lab.pods().takeCalls()).singleElement()
                .satisfies(call -> assertThat(call.request().body().length())
                        .hasValue(RetryBuffer.LIMIT + 1L));
    }

    @Test
    void aCopyCarriesTheBodyToo() {
        CourseLab lab = CourseLab.routing("mirror: {host: logger-backend}");

        post(lab, text("hello"));

        assertThat(lab.pods().takeCalls()).hasSize(2).extracting(call -> call.request().text()).containsOnly("hello");
    }

    @Test
    void aBodyThatBreaksOffWhileTheProxyWaitsForItReachesNoPod() {
        CourseLab lab = CourseLab.routing("timeout: 2s");

        Answered answer = post(lab, new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client is gone");
            }
        });

        assertThat(answer.response().status()).isEqualTo(400);
        assertThat(answer.flags()).containsExactly("DC");
        assertThat(lab.pods().takeCalls()).isEmpty();
    }
}

package dev.trafficlab.gateway;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.limits.Limits;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayTests {

    private final RecordingIngress ingress = new RecordingIngress();
    private final Gateway gateway = new Gateway(ingress, lab -> true, new Limits(true).requests(), new LabShares(true,
            address -> false), List.of());

    @Test
    void scriptsOfASandboxedPageMayReadTheirOwnGateway() {
        AppResponse answer = gateway.answer("lab", "/gateway/lab", request("GET", "Origin", "null"));

        assertThat(answer.headers().all("access-control-allow-origin")).containsExactly("null");
    }

    @Test
    void meshsOwnCorsPolicyWins() {
        ingress.answers(200, Headers.of("access-control-allow-origin", "https://a.example"), "");

        AppResponse answer = gateway.answer("lab", "/gateway/lab", request("GET", "Origin", "null"));

        assertThat(answer.headers().all("access-control-allow-origin")).containsExactly("https://a.example");
    }

    @Test
    void preflightOfASandboxedPageIsAnsweredHere() {
        AppResponse answer = gateway.answer("lab", "/gateway/lab",
                request("OPTIONS", "Origin", "null", "Access-Control-Request-Method", "DELETE"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().first("access-control-allow-methods")).hasValue("DELETE");
        assertThat(ingress.received).isEmpty();
    }

    @Test
    void otherPreflightsAreTheMeshs() {
        AppResponse answer = gateway.answer("lab", "/gateway/lab",
                request("OPTIONS", "Origin", "https://a.example", "Access-Control-Request-Method", "DELETE"));

        assertThat(ingress.received).hasSize(1);
        assertThat(answer.headers().first("access-control-allow-origin")).isEmpty();
    }

    @Test
    void tooManyRequestsAreToldWhenToComeBack() {
        Optional<AppResponse> refused = Stream.generate(() -> gateway.answer("lab", "/gateway/lab", request("GET")))
                .limit(100_000)
                .filter(answer -> answer.status() != 200)
                .findFirst();
        AppResponse neighbour = gateway.answer("other", "/gateway/other", request("GET"));

        assertThat(refused).hasValueSatisfying(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers().first("retry-after")).hasValue("1");
        });
        assertThat(neighbour.status()).isEqualTo(200);
    }

    private static MeshRequest request(String method, String... headers) {
        return new MeshRequest(new MeshRequest.FromOutside(80), method, "a", "/", Headers.of(headers), "1.2.3.4:5",
                new byte[0]);
    }
}

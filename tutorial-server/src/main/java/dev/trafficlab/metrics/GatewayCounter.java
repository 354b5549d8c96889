package dev.trafficlab.metrics;

import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.gateway.RequestListener;

/** Counts the requests that labs' gateways answered, by class of status. */
final class GatewayCounter implements RequestListener {

    /** Index 0: the connection was refused. */
    private final Counter[] byClass;

    GatewayCounter(MeterRegistry registry) {
        byClass = IntStream.range(0, 6)
                .mapToObj(kind -> Counter.builder("trafficlab.gateway.requests")
                        .description("Requests answered by labs' gateways, by class of status")
                        .tag("status", kind == 0 ? "refused" : kind + "xx")
                        .register(registry))
                .toArray(Counter[]::new);
    }

    @Override
    public void answered(String namespace, MeshRequest request, AnsweredRequest answer) {
        byClass[Math.clamp(answer.status() / 100, 0, 5)].increment();
    }
}

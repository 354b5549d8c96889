package dev.trafficlab.traffic.tally;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.traffic.TracedRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TraceBufferTests {

    private final TraceBuffer reasons = new TraceBuffer(200);

    @Test
    void eachOfTheLastRequestsKeepsItsOwnReasons() {
        for (int i = 1; i <= 300; i++) {
            reasons.add(request(i, i % 100));
        }

        assertThat(reasons.of(300).orElseThrow().stages().getLast().reason()).isEqualTo("The dice rolled 0.");
        assertThat(reasons.of(101).orElseThrow().stages().getLast().reason()).isEqualTo("The dice rolled 1.");
        assertThat(reasons.of(100)).as("201 requests ago").isEmpty();
        assertThat(reasons.of(301)).isEmpty();
        assertThat(reasons.of(0)).isEmpty();
        assertThat(reasons.of(-7)).isEmpty();
    }

    @Test
    void equalDecisionsAreKeptOnce() {
        reasons.add(request(1, 42));
        reasons.add(request(2, 42));

        assertThat(reasons.of(1).orElseThrow().stages()).isEqualTo(reasons.of(2).orElseThrow().stages());
        assertThat(reasons.of(1).orElseThrow().stages().getFirst()).isSameAs(reasons.of(2)
                .orElseThrow()
                .stages()
                .getFirst());
    }

    private static TracedRequest request(long number, int roll) {
        return new TracedRequest(number, "/colors", 200, "colors-v1-a-b", "v1", "", List.of(new Stage("listener",
                Outcome.PASSED, "The gateway listens.", Map.of("port", "80")), new Stage("weights", Outcome.PASSED,
                        "The dice rolled " + roll + ".", Map.of("roll", String.valueOf(roll)))));
    }
}

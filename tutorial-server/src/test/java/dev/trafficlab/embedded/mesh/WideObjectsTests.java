package dev.trafficlab.embedded.mesh;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What multiplies when objects are compiled (hosts, matches, delegates, destinations) is counted first, and told where it is too much. */
class WideObjectsTests {

    private static String many(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining(", "));
    }

    private static void isToldAndTheRestRoutes(CourseLab lab, String name) {
        assertThat(lab.mesh().notSupported()).filteredOn(told -> told.name().equals(name))
                .extracting(NotSupported::message)
                .anyMatch(message -> message.contains("more work than a lab may have"));
        assertThat(lab.get("/").response().status()).isEqualTo(200);
    }

    @Test
    void matchesOfADelegateTimesThoseOfItsRoot() {
        CourseLab lab = CourseLab.routing("")
                .with("""
                      apiVersion: networking.istio.io/v1
                      kind: VirtualService
                      metadata: {name: root}
                      spec:
                        hosts: [root.example.com]
                        gateways: [my-gateway]
                        http: [{match: [%s], delegate: {name: leaf}}]
                      ---
                      apiVersion: networking.istio.io/v1
                      kind: VirtualService
                      metadata: {name: leaf}
                      spec:
                        http: [{match: [%s], route: [{destination: {host: colors}}]}]
                      """.formatted(many(1_500, "{queryParams: {q%d: {exact: a}}}"),
                        many(1_500, "{uri: {prefix: /%d}}")))
                .ready();

        isToldAndTheRestRoutes(lab, "leaf");
    }

    @Test
    void hostsTimesRoutes() {
        CourseLab lab = CourseLab.routing("")
                .with("""
                      apiVersion: networking.istio.io/v1
                      kind: VirtualService
                      metadata: {name: wide}
                      spec:
                        hosts: [%s]
                        gateways: [my-gateway]
                        http: [%s]
                      """.formatted(many(2_000, "h%d.example.com"),
                        many(1_000, "{match: [{uri: {exact: /%d}}], route: [{destination: {host: colors}}]}")))
                .ready();

        isToldAndTheRestRoutes(lab, "wide");
    }
}

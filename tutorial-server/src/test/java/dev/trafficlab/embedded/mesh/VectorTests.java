package dev.trafficlab.embedded.mesh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.embedded.mesh.balance.HashRing;
import dev.trafficlab.embedded.mesh.balance.MaglevTable;
import dev.trafficlab.embedded.mesh.balance.XxHash64;

import static org.assertj.core.api.Assertions.assertThat;

/** The conformance vectors: what Istio and Envoy do with given objects and requests. */
class VectorTests {

    private static final long SEED = 20_260_101;

    /** Expectations that are other parts' to keep, and why they mean nothing to a mesh. */
    private static final Map<String, String> NOT_THE_MESHS = new TreeMap<>(Map.of("validationError",
            "the API server refuses the object, so it never reaches a mesh: tested with the admission rules",
            "valid",
            "whether an object is accepted is decided before it reaches a mesh: tested with the admission rules",
            "injected", "injection happens when a pod is created: tested with the controllers"));

    static Stream<Vector> routed() {
        return Vector.all().stream().filter(vector -> vector.hasRequest() && !vector.expects("validationError"));
    }

    static Stream<Vector> pure() {
        return Vector.all().stream().filter(vector -> !vector.hasRequest() && isPure(vector));
    }

    private static boolean isPure(Vector vector) {
        return Stream.of("ring", "lookups", "maglev", "xxh64").anyMatch(vector::expects);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routed")
    void routesAsIstioDoes(Vector vector) {
        new VectorCheck(vector, SEED).run();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pure")
    void hashesAsEnvoyDoes(Vector vector) {
        JsonNode expect = vector.expect();
        List<String> hosts = Stream.of("90", "91", "92", "93", "94", "95").map(port -> "127.0.0.1:" + port).toList();
        HashRing ring = HashRing.of(hosts, 12);
        for (int i = 0; i < expect.path("ring").size(); i++) {
            JsonNode entry = expect.path("ring").get(i);
            assertThat(hosts.get(ring.owner(i))).isEqualTo(entry.path("host").asText());
            assertThat(Long.toUnsignedString(ring.position(i))).isEqualTo(entry.path("position").asText());
        }
        expect.path("lookups").forEach(lookup -> {
            long hash = Long.parseUnsignedLong(lookup.path("hash").asText());
            assertThat(hosts.get(ring.owner(ring.entry(hash)))).isEqualTo(lookup.path("host").asText());
        });
        MaglevTable table = MaglevTable.of(hosts, 7);
        for (int i = 0; i < expect.path("maglev").size(); i++) {
            assertThat(hosts.get(table.owner(i))).isEqualTo(expect.path("maglev").get(i).asText());
        }
        expect.path("xxh64")
                .properties()
                .forEach(entry -> assertThat(Long.toUnsignedString(XxHash64.hash(entry.getKey()))).isEqualTo(entry
                        .getValue()
                        .asText()));
    }

    @Test
    void everyVectorIsRunHereOrSaysWhyNot() {
        List<String> silent = Vector.all()
                .stream()
                .filter(vector -> !isPure(vector))
                .filter(vector -> !vector.hasRequest() || vector.expects("validationError"))
                .filter(vector -> NOT_THE_MESHS.keySet().stream().noneMatch(vector::expects))
                .map(Vector::id)
                .toList();
        assertThat(silent).isEmpty();
        assertThat(routed().count() + pure().count()).isGreaterThan(150);
    }

    /** The fit is no luck of one seed. The p-values are written to {@code target/mesh-p-values-….tsv}. */
    @ParameterizedTest
    @ValueSource(longs = {20260101, 2})
    void distributionsFitWithOtherSeedsToo(long seed) throws IOException {
        List<String> lines = new ArrayList<>(List.of("seed\t" + seed, "vector\tp-value"));
        List<Double> values = new ArrayList<>();
        routed().filter(vector -> vector.expects("distribution") || vector.expects("statusDistribution"))
                .forEach(vector -> {
                    VectorCheck check = new VectorCheck(vector, seed);
                    check.distributions().forEach(p -> {
                        values.add(p);
                        lines.add(vector.id() + "\t" + p);
                    });
                });
        Path report = Path.of("target", "mesh-p-values-" + seed + ".tsv");
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(report, lines);
        assertThat(values).hasSizeGreaterThan(20).allMatch(p -> p > 1e-7);
    }
}

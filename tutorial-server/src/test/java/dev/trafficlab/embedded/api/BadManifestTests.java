package dev.trafficlab.embedded.api;

import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class BadManifestTests {

    static Stream<BadManifest> manifests() {
        return BadManifest.all();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isRefusedAsOnARealCluster(BadManifest bad) {
        // Given
        Optional<ObjectNode> before = bad.before().map(BadManifestTests::parse);
        // When
        Verdict verdict = Verdict.on(parse(bad.manifest()), before);
        // Then
        assertThat(verdict.message()).contains(bad.message());
        assertThat(verdict.code()).isEqualTo(bad.code());
        assertThat(verdict.reason()).isEqualTo(bad.reason());
        bad.field()
                .filter(field -> bad.code() == 422)
                .ifPresent(field -> assertThat(verdict.fields()).contains(field));
    }

    @Test
    void whatIsThereBeforeIsItselfValid() {
        assertThat(manifests().flatMap(bad -> bad.before().stream()))
                .isNotEmpty()
                .allSatisfy(before -> assertThat(Verdict.on(parse(before), Optional.empty()).message()).isEmpty());
    }

    private static ObjectNode parse(String manifest) {
        return YamlText.all(manifest).getFirst();
    }
}

package dev.trafficlab.embedded.api;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CourseManifestsAdmissionTests {

    @ParameterizedTest
    @ValueSource(strings = {"services", "deployments", "namespace", "gateway", "virtualservice", "destinationrule",
        "sticky", "shares-that-stick", "turn-services", "turn-inject", "turn-gateway", "turn-virtual-service",
        "turn-destination-rules", "turn-sticky", "turn-shares-that-stick"})
    void areAcceptedWithoutAWarning(String name) {
        // Given
        var objects = YamlText.all(BadManifest.read("/manifests/traffic-weighting/" + name + ".yaml"));
        // When
        var verdicts = objects.stream().map(object -> Verdict.on(object, Optional.empty())).toList();
        // Then
        assertThat(verdicts).isNotEmpty().allSatisfy(verdict -> {
            assertThat(verdict.message()).isEmpty();
            assertThat(verdict.warnings()).isEmpty();
        });
    }
}

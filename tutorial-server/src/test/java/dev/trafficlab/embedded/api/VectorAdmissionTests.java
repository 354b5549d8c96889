package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The conformance vectors' words on which objects are accepted, refused or warned of. */
class VectorAdmissionTests {

    private static final JsonNode VECTORS = YamlText.one(BadManifest.read("/vectors.yaml"));

    /** Rules that later versions of Istio have dropped; the cluster is of today. */
    private static final Set<String> HISTORIC = Set.of("weights-sum-not-100-old-istio", "weight-over-100-old-istio");

    /**
     * Vectors that say what Istio does not: ValidateWildcardDomain (pkg/config/validation/agent/validation.go) hands everything
     * after the first label to ValidateDNS1123Labels, which therefore never names the whole host.
     */
    private static final Map<String, String> CORRECTED = Map.of("val-vs-bad-host",
            "domain name \"ba!r\" invalid (label \"ba!r\" invalid)");

    static Stream<Vector> refused() {
        return vectors().filter(vector -> vector.expect().has("validationError"))
                .filter(vector -> !HISTORIC.contains(vector.id()));
    }

    static Stream<Vector> warned() {
        return vectors().filter(vector -> vector.expect().has("validationWarning"));
    }

    static Stream<Vector> accepted() {
        return vectors().filter(vector -> !vector.expect().has("validationError"))
                .filter(vector -> vector.json().path("validate").asBoolean(true));
    }

    private static Stream<Vector> vectors() {
        return VECTORS.get("vectors").valueStream().map(Vector::new);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Vector vector) {
        // When
        List<Verdict> verdicts = vector.verdicts();
        // Then
        String message = CORRECTED.getOrDefault(vector.id(), vector.expect().get("validationError").asText());
        assertThat(verdicts).anySatisfy(verdict -> {
            assertThat(verdict.message()).contains(message);
            assertThat(verdict.code()).isEqualTo(vector.code());
        });
    }

    @ParameterizedTest
    @MethodSource("warned")
    void isWarnedOf(Vector vector) {
        // When
        Stream<String> warnings = vector.verdicts().stream().flatMap(verdict -> verdict.warnings().stream());
        // Then
        assertThat(warnings).contains(vector.expect().get("validationWarning").asText());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isAccepted(Vector vector) {
        assertThat(vector.verdicts()).allSatisfy(verdict -> assertThat(verdict.message()).isEmpty());
    }

    /** One vector. */
    record Vector(JsonNode json) {

        String id() {
            return json.get("id").asText();
        }

        JsonNode expect() {
            return json.get("expect");
        }

        /** Without a layer the vector speaks of the webhook, but for a duration, which the CRD refuses first. */
        int code() {
            if (json.has("layer")) {
                return json.get("layer").asText().equals("crd") ? 422 : 400;
            }
            return expect().get("validationError").asText().contains("valid duration") ? 422 : 400;
        }

        List<Verdict> verdicts() {
            String fixtures = json.path("uses")
                    .valueStream()
                    .map(name -> VECTORS.get("fixtures").get(name.asText()).asText())
                    .collect(Collectors.joining("\n---\n"));
            return Stream.concat(YamlText.all(fixtures).stream(), YamlText.all(json.path("resources").asText())
                    .stream())
                    .map(object -> Verdict.on(object, Optional.<ObjectNode>empty()))
                    .toList();
        }

        @Override
        public String toString() {
            return id();
        }
    }
}

package dev.trafficlab.embedded.api.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The bodies are those that kubectl 1.32 sent, as base64. */
class ProtobufTests {

    private static final String A_DEPLOYMENT = "azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EskBCiMKA3dlYhIAGgRkZW1vIgAqADIAOABCAFoKCgNhcHASA3dlYhKTAQgCEgwK"
            + "CgoDYXBwEgN3ZWIaeQocCgASABoAIgAqADIAOABCAFoKCgNhcHASA3dlYhJZEjsKBGVjaG8SEnRyYWZmaWMtbGFiL2VjaG86MSoA"
            + "MgsKABAAGLgXIgAqAEIAagByAIABAIgBAJABAKIBABoAMgBCAEoAUgBYAGAAaACCAQCKAQCaAQDCAQAiAgoAKAA4ABoMCAAQABgA"
            + "IAAoADgAGgAiAA==";

    private static final String A_SERVICE = "azhzAAoNCgJ2MRIHU2VydmljZRJtCiMKA3dlYhIAGgRkZW1vIgAqADIAOABCAFoKCgNhcHASA3dlYhJCChsKBzgwLTMwMDASA1RD"
            + "UBhQIgcIABC4FxoAKAASCgoDYXBwEgN3ZWIaACIJQ2x1c3RlcklQOgBCAFIAWgBgAGgAGgIKABoAIgA=";

    private static final String AN_ACCESS_REVIEW = "azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSOQoQCgASABoAIgAqADIAOABC"
            + "ABIbChkKBGRlbW8SA2dldBoAIgAqBHBvZHMyADoAGggIABIAGgAgABoAIgA=";

    private static final String A_NON_RESOURCE_REVIEW = "azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSLwoQCgASABoAIgAqADIAOABC"
            + "ABIREg8KCC9oZWFsdGh6EgNnZXQaCAgAEgAaACAAGgAiAA==";

    private static final Map<String, String> SIMPLE = Map.of(
            // aNamespace
            "azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhwKFAoEZGVtbxIAGgAiACoAMgA4AEIAEgAaAgoAGgAiAA==",
            """
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "demo"}}""",
            // aConfigMap
            "azhzAAoPCgJ2MRIJQ29uZmlnTWFwEjAKHAoIc2V0dGluZ3MSABoEZGVtbyIAKgAyADgAQgASBgoBYRIBMRIICgFiEgN0d28aACIA",
            """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "demo"}, "data": {"a": "1", "b": "two"}}""",
            // aServiceAccount
            "azhzAAoUCgJ2MRIOU2VydmljZUFjY291bnQSGwoZCgVyb2JvdBIAGgRkZW1vIgAqADIAOABCABoAIgA=",
            """
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "robot", "namespace": "demo"}}""",
            // aRulesReview
            "azhzAAoxChdhdXRob3JpemF0aW9uLms4cy5pby92MRIWU2VsZlN1YmplY3RSdWxlc1JldmlldxIgChAKABIAGgAiACoAMgA4AEIA"
                    + "EgYKBGRlbW8aBBgAIgAaACIA",
            """
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": {"namespace": "demo"}}""",
            // whoAmI
            "azhzAAotChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESEVNlbGZTdWJqZWN0UmV2aWV3EhoKEAoAEgAaACIAKgAyADgAQgASBgoE"
                    + "CgASABoAIgA=", """
                                      {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}""");

    @Test
    void readsWhatKubectlCreates() {
        SIMPLE.forEach((body, json) -> assertThat(decoded(body)).isEqualTo(parse(json)));
    }

    @Test
    void readsADeployment() {
        ObjectNode deployment = decoded(A_DEPLOYMENT);
        assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(deployment.at("/spec/selector/matchLabels/app").asText()).isEqualTo("web");
        assertThat(deployment.at("/spec/template/spec/containers/0")).isEqualTo(parse(
                """
                {"name": "echo", "image": "traffic-lab/echo:1", "ports": [{"containerPort": 3000}]}"""));
    }

    @Test
    void readsAService() {
        assertThat(decoded(A_SERVICE).at("/spec")).isEqualTo(parse(
                """
                {"ports": [{"name": "80-3000", "protocol": "TCP", "port": 80, "targetPort": 3000}],
                 "selector": {"app": "web"}, "type": "ClusterIP"}"""));
    }

    @Test
    void readsAnAccessReview() {
        assertThat(decoded(AN_ACCESS_REVIEW).at("/spec/resourceAttributes")).isEqualTo(parse(
                """
                {"namespace": "demo", "verb": "get", "resource": "pods"}"""));
        assertThat(decoded(A_NON_RESOURCE_REVIEW).at("/spec/nonResourceAttributes")).isEqualTo(parse(
                """
                {"path": "/healthz", "verb": "get"}"""));
    }

    @Test
    void aKindThatIsNotReadHereIsLeftToTheCaller() {
        byte[] body = bytes(SIMPLE.keySet().iterator().next());
        byte[] renamed = new String(body, StandardCharsets.ISO_8859_1).replace("ConfigMap", "ConfigMop")
                .replace("Namespace", "Nomespace")
                .replace("ServiceAccount", "ServiceAccoont")
                .replace("Review", "Reveiw")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Protobuf.decode(renamed)).isEmpty();
    }

    @Test
    void aFieldThatIsNotKnownIsNeverLostInSilence() {
        // the envelope of a Namespace, whose raw bytes are field 15 as a varint
        byte[] one = {'k', '8', 's', 0, 10, 15, 10, 2, 'v', '1', 18, 9, 'N', 'a', 'm', 'e', 's', 'p', 'a', 'c', 'e', 18,
            2, 120, 1};
        byte[] zero = one.clone();
        zero[zero.length - 1] = 0;
        assertThat(Protobuf.decode(one)).isEmpty();
        assertThat(Protobuf.decode(zero)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "azhz", "eyJraW5kIjoiTmFtZXNwYWNlIn0=", "azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhw="})
    void whatIsNoProtobufIsRefused(String body) {
        assertThatThrownBy(() -> Protobuf.decode(bytes(body))).isInstanceOf(MalformedProtobufException.class);
    }

    @Test
    void noTruncatedBodyDoesAnyHarm() {
        byte[] body = bytes(A_DEPLOYMENT);
        for (int length = 0; length < body.length; length++) {
            byte[] truncated = Arrays.copyOf(body, length);
            try {
                assertThat(Protobuf.decode(truncated)).satisfiesAnyOf(it -> assertThat(it).isEmpty(),
                        it -> assertThat(it).get()
                                .extracting(object -> object.path("kind").asText())
                                .isEqualTo("Deployment"));
            } catch (MalformedProtobufException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    private static ObjectNode decoded(String base64) {
        return Protobuf.decode(bytes(base64)).orElseThrow();
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }
}

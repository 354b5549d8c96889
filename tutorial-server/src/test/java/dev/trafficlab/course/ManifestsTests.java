package dev.trafficlab.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.admission.Admission;
import dev.trafficlab.embedded.api.schema.Schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** The manifests that the course applies, as they stand in the repository. */
class ManifestsTests {

    private static final Path FOLDER = Path.of("../manifests/traffic-weighting");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void everyObjectPassesStrictValidation(String file) {
        assertThat(objects(file)).isNotEmpty().allSatisfy(object -> {
            ResourceType type = typeOf(object);
            assertThat(Schemas.unknownFields(type, object)).isEmpty();
            assertThat(Schemas.decodingError(type, object)).isEmpty();
            Schemas.applyDefaults(type, object);
            Admission.Review review = Admission.review(type, object, Optional.empty());
            assertThat(review.invalid()).isEmpty();
            assertThat(review.denied()).isEmpty();
            assertThat(review.warnings()).isEmpty();
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void noObjectNamesANamespaceSoThatEveryLabCanTakeIt(String file) {
        assertThat(objects(file)).allSatisfy(object -> assertThat(object.at("/metadata/namespace").isMissingNode())
                .isTrue());
    }

    @Test
    void theVersionsOfColorsDifferInVersionAndColourOnly() {
        List<ObjectNode> versions = objects("deployments.yaml").stream()
                .filter(object -> object.at("/spec/selector/matchLabels/app").asText().equals("colors"))
                .toList();
        assertThat(versions).extracting(version -> entry(version.at("/spec/template/metadata/labels/version").asText(),
                env(version, "COLOR")))
                .containsExactly(entry("v1", "crimson"), entry("v2", "lightseagreen"), entry("v3", "indigo"));
        assertThat(versions).extracting(version -> version.toString()
                .replaceAll("v[123]|crimson|lightseagreen|indigo", ""))
                .containsOnly(versions.getFirst()
                        .toString()
                        .replaceAll("v[123]|crimson|lightseagreen|indigo", ""));
    }

    @Test
    void everyDeploymentHasAServiceAndAServiceAccount() {
        List<String> services = names("services.yaml", "Service");
        List<String> accounts = names("deployments.yaml", "ServiceAccount");
        assertThat(objects("deployments.yaml")).filteredOn(object -> object.path("kind").asText().equals("Deployment"))
                .hasSize(5)
                .allSatisfy(deployment -> {
                    assertThat(services).contains(deployment.at("/spec/template/metadata/labels/app").asText());
                    assertThat(accounts).contains(deployment.at("/spec/template/spec/serviceAccountName").asText());
                });
    }

    @Test
    void theWeightsAreTenThirtySixty() {
        JsonNode route = objects("destinationrule.yaml").get(1).at("/spec/http/0/route");
        assertThat(route).extracting(part -> entry(part.at("/destination/subset").asText(), part.path("weight")
                .asInt()))
                .containsExactly(entry("v1", 10), entry("v2", 30), entry("v3", 60));
    }

    @Test
    void theStickyRouteLeavesTheChoiceToTheHashAndKeepsTheSubsets() {
        List<ObjectNode> objects = objects("sticky.yaml");
        assertThat(objects.get(0).at("/spec/subsets")).isEqualTo(objects("destinationrule.yaml").get(0)
                .at("/spec/subsets"));
        assertThat(objects.get(0).at("/spec/trafficPolicy/loadBalancer/consistentHash/useSourceIp").asBoolean())
                .isTrue();
        assertThat(objects.get(1).at("/spec/http/0/route").toString()).isEqualTo(
                "[{\"destination\":{\"host\":\"colors\"}}]");
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static List<String> names(String file, String kind) {
        return objects(file).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .map(object -> object.at("/metadata/name").asText())
                .toList();
    }

    private static String env(JsonNode deployment, String name) {
        return StreamSupport.stream(deployment.at("/spec/template/spec/containers/0/env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("");
    }

    private static ResourceType typeOf(ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        return ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1),
                object.path("kind").asText()).orElseThrow();
    }

    private static List<ObjectNode> objects(String file) {
        try {
            Iterable<Object> documents = new Load(LoadSettings.builder().build())
                    .loadAllFromString(Files.readString(FOLDER.resolve(file)));
            return StreamSupport.stream(documents.spliterator(), false)
                    .map(document -> JSON.convertValue(document, ObjectNode.class))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

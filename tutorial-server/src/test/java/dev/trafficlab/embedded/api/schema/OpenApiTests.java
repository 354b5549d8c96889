package dev.trafficlab.embedded.api.schema;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiTests {

    record Served(String group, String version) {}

    static Stream<Served> served() {
        return ResourceTypes.all()
                .stream()
                .flatMap(type -> type.versions().stream().map(version -> new Served(type.group(), version)))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("served")
    void everyReferenceLeadsSomewhere(Served served) {
        // Given
        JsonNode document = Schemas.openApi(served.group(), served.version());
        // When
        // A CRD's own schema has a field of that name.
        List<String> references = document.findValues("$ref")
                .stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
        // Then
        assertThat(references).isNotEmpty()
                .allSatisfy(reference -> assertThat(document.at(reference.substring(1))).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("served")
    void everyKindIsFoundByItsName(Served served) {
        // Given
        JsonNode schemas = Schemas.openApi(served.group(), served.version()).at("/components/schemas");
        // When
        List<String> kinds = schemas.valueStream()
                .flatMap(schema -> schema.path("x-kubernetes-group-version-kind").valueStream())
                .map(names -> names.path("kind").asText())
                .toList();
        // Then
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(ResourceTypes.all()
                .stream()
                .filter(type -> type.group().equals(served.group()) && type.versions().contains(served.version()))
                .map(ResourceType::kind)
                .toList());
    }

    @Test
    void patchTellsKubectlThatTheServerValidates() {
        // Given
        JsonNode document = Schemas.openApi("networking.istio.io", "v1beta1");
        // When
        JsonNode patch = document.path("paths")
                .path("/apis/networking.istio.io/v1beta1/namespaces/{namespace}/virtualservices/{name}")
                .path("patch");
        // Then
        assertThat(patch.path("x-kubernetes-group-version-kind").path("kind").asText()).isEqualTo("VirtualService");
        assertThat(patch.path("parameters").findValuesAsText("name")).containsExactly("dryRun", "fieldManager",
                "fieldValidation", "force");
    }

    @Test
    void whatTheCourseTeachesIsDescribed() {
        JsonNode schemas = Schemas.openApi("networking.istio.io", "v1").at("/components/schemas");
        for (String type : List.of("GatewaySpec", "Server", "Port", "VirtualServiceSpec", "HTTPRoute",
                "HTTPRouteDestination", "Destination", "DestinationRuleSpec", "Subset", "StringMatch")) {
            JsonNode properties = schemas.path("io.istio.networking.v1." + type).path("properties");
            assertThat(properties.properties()).isNotEmpty()
                    .filteredOn(field -> !List.of("targetPort", "defaultEndpoint", "mirrorPercent", "mirror_percent")
                            .contains(field
                                    .getKey()))
                    .allSatisfy(field -> assertThat(field.getValue().path("description").asText()).isNotEmpty());
        }
    }

    @Test
    void whatIsNotServedDescribesNothing() {
        assertThat(Schemas.openApi("batch", "v1").path("paths")).isEmpty();
    }

    @Test
    void definitionsTellOfTheThreeVersionsWithoutReferences() {
        assertThat(CustomResourceDefinitions.all()).hasSize(5).allSatisfy(definition -> {
            assertThat(definition.at("/spec/versions").valueStream().map(version -> version.path("name").asText()))
                    .containsExactly("v1", "v1beta1", "v1alpha3");
            assertThat(definition.findValuesAsText("$ref")).isEmpty();
            assertThat(definition.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties"))
                    .isNotEmpty();
        });
    }

    @Test
    void definitionsAreValidByTheirOwnSchema() {
        ResourceType type = ResourceTypes.byKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition")
                .orElseThrow();
        assertThat(CustomResourceDefinitions.all()).allSatisfy(definition -> {
            assertThat(Schemas.decodingError(type, definition)).isEmpty();
            assertThat(Schemas.unknownFields(type, definition)).isEmpty();
        });
    }
}

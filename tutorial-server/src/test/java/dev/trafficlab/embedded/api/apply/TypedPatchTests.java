package dev.trafficlab.embedded.api.apply;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.YamlText;
import dev.trafficlab.embedded.api.schema.Schemas;

import static org.assertj.core.api.Assertions.assertThat;

class TypedPatchTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "spec: {replica: 3} | .spec.replica: field not declared in schema",
        "spec: {replicas: three} | .spec.replicas: expected numeric (int or float), got string",
        "spec: {replicas: [3]} | .spec.replicas: expected numeric (int or float), got []interface {}",
        "spec: {replicas: true} | .spec.replicas: expected numeric (int or float), got bool",
        "spec: {paused: 'no'} | .spec.paused: expected boolean, got &{no}",
        "spec: {template: []} | .spec.template: expected map, got &{[]}",
        "spec: {template: {spec: {containers: {b: 1, a: [x, 2]}}}} | .spec.template.spec.containers: expected list, got &{map[a:[x 2] b:1]}",
        "spec: {template: {spec: {containers: [{name: a, image: 7}]}}} | .spec.template.spec.containers[name=\"a\"].image: expected string, got &value.valueUnstructured{Value:7}",
        "spec: {template: {spec: {containers: [{name: a}, {name: a}]}}} | .spec.template.spec.containers: duplicate entries for key [name=\"a\"]",
        "metadata: {labels: {a: {b: [c]}}} | .metadata.labels.a: expected string, got &value.valueUnstructured{Value:map[string]interface {}{\"b\":[]interface {}{\"c\"}}}"})
    void saysWhatDoesNotFit(String yaml, String error) {
        assertThat(errors("apps", "v1", "Deployment", yaml)).containsExactly(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec: {replicas: null}", "spec: {replicas: 1.5}", "spec: {template: {metadata: {}}}",
        "spec: {strategy: {rollingUpdate: {maxSurge: 50%, maxUnavailable: 0}}}",
        "spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: 1, memory: 1Gi}}}]}}}"})
    void leavesTheRestToTheLayersBehindIt(String yaml) {
        assertThat(errors("apps", "v1", "Deployment", yaml)).isEmpty();
    }

    private static Stream<String> errors(String group, String version, String kind, String yaml) {
        ResourceType type = ResourceTypes.byKind(group, version, kind).orElseThrow();
        return TypedPatch.errors(Schemas.of(type), YamlText.all(yaml).getFirst()).stream();
    }
}

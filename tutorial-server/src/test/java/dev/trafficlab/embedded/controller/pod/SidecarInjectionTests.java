package dev.trafficlab.embedded.controller.pod;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.trafficlab.embedded.controller.ControlPlane;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.Resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SidecarInjectionTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "namespace [{0}], pod label [{1}], pod annotation [{2}]: {3}")
    @CsvSource(nullValues = "-", value = {
        "istio-injection=enabled,  -,                              -,                              true",
        "istio-injection=enabled,  sidecar.istio.io/inject=false,  -,                              false",
        "istio-injection=enabled,  -,                              sidecar.istio.io/inject=false,  false",
        "istio-injection=enabled,  sidecar.istio.io/inject=true,   sidecar.istio.io/inject=false,  true",
        "istio-injection=true,     -,                              -,                              false",
        "istio-injection=disabled, sidecar.istio.io/inject=true,   -,                              false",
        "-,                        -,                              -,                              false",
        "-,                        sidecar.istio.io/inject=true,   -,                              true",
        "-,                        sidecar.istio.io/inject=yes,    -,                              false",
        "-,                        istio.io/rev=default,           -,                              true",
        "-,                        -,                              sidecar.istio.io/inject=true,   false",
        "istio.io/rev=default,     -,                              -,                              true",
        "istio.io/rev=canary,      -,                              -,                              false",
        "istio.io/rev=default,     sidecar.istio.io/inject=false,  -,                              false"})
    void labelsDecide(String namespace, String label, String annotation, boolean injected) {
        ObjectNode pod = JSON.createObjectNode();
        put(pod.withObject("/metadata/labels"), label);
        put(pod.withObject("/metadata/annotations"), annotation);
        ObjectNode labels = JSON.createObjectNode();
        put(labels, namespace);

        assertThat(SidecarInjection.isDue("lab", Resource.strings(labels), pod)).isEqualTo(injected);
    }

    private static void put(ObjectNode object, String pair) {
        if (pair != null) {
            object.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
    }

    /** What kube-inject writes (a native sidecar), and what Istio documents for customizing the proxy. Istio: inject/webhook.go. */
    @ParameterizedTest
    @ValueSource(strings = {
        "initContainers: [{name: istio-init, image: 'docker.io/istio/proxyv2:1.30.0', args: [istio-iptables]}, "
                + "{name: istio-proxy, image: 'docker.io/istio/proxyv2:1.30.0', restartPolicy: Always}], "
                + "containers: [{name: app, image: 'traffic-lab/echo:1'}]",
        "containers: [{name: app, image: 'traffic-lab/echo:1'}, "
                + "{name: istio-proxy, image: auto, resources: {requests: {cpu: 100m}}}]",
        "containers: [{name: istio-proxy, image: auto, env: [{name: MINE, value: '1'}]}, "
                + "{name: app, image: 'traffic-lab/echo:1'}]",
        "containers: [{name: app, image: 'traffic-lab/echo:1'}], volumes: [{name: istio-envoy, emptyDir: {}}]"})
    void containersOfIstiosThatATemplateHasAreMergedByName(String spec) {
        try (ControlPlane cluster = ControlPlane.start()) {
            cluster.namespace("lab", "istio-injection", "enabled");
            cluster.create("lab", """
                                  apiVersion: apps/v1
                                  kind: Deployment
                                  metadata: {name: own}
                                  spec:
                                    selector: {matchLabels: {app: own}}
                                    template:
                                      metadata: {labels: {app: own}}
                                      spec: {%s}
                                  """.formatted(spec));

            Resource pod = cluster.awaitReadyPods("lab", 1).getFirst();

            assertThat(pod.spec().path("containers")).extracting(container -> container.path("name").asText())
                    .containsExactly("app", "istio-proxy");
            assertThat(pod.spec().path("initContainers")).extracting(container -> container.path("name").asText())
                    .containsExactly("istio-init");
            JsonNode proxy = pod.spec().path("containers").path(1);
            assertThat(proxy.path("image").asText()).startsWith("docker.io/istio/proxyv2:");
            assertThat(proxy.path("args")).as("the injector's own settings").isNotEmpty();
            if (spec.contains("cpu: 100m")) {
                assertThat(proxy.at("/resources/requests/cpu").asText()).isEqualTo("100m");
            }
            if (spec.contains("MINE")) {
                assertThat(proxy.path("env")).anyMatch(variable -> variable.path("name").asText().equals("MINE"))
                        .hasSizeGreaterThan(3);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void vectorHolds(String id, String resources, JsonNode expected) {
        try (ControlPlane cluster = ControlPlane.start()) {
            String namespace = "";
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(resources)) {
                JsonNode object = JSON.valueToTree(document);
                if (object.path("kind").asText().equals("Namespace")) {
                    namespace = object.at("/metadata/name").asText();
                    label(cluster, namespace, Resource.strings(object.at("/metadata/labels")));
                }
            }
            cluster.create(namespace, resources.substring(resources.indexOf("---"))
                    .replace("image: demo-colors",
                            "image: traffic-lab/colors:1"));

            Resource pod = cluster.awaitReadyPods(namespace, 1).getFirst();

            List<String> containers = new ArrayList<>();
            pod.spec().path("containers").forEach(container -> containers.add(container.path("name").asText()));
            assertThat(containers.contains("istio-proxy")).isEqualTo(expected.path("injected").asBoolean());
            assertThat(pod.status().path("containerStatuses").size() + "/" + containers.size())
                    .isEqualTo(expected.path("readyContainers").asText());
        }
    }

    private static void label(ControlPlane cluster, String namespace, Map<String, String> labels) {
        if (cluster.state.find(Kind.NAMESPACE, "", namespace).isEmpty()) {
            cluster.namespace(namespace);
        }
        cluster.edit(Kind.NAMESPACE, "", namespace, object -> labels.forEach(object.withObject(
                "/metadata/labels")::put));
    }

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = SidecarInjectionTests.class.getResourceAsStream("/vectors.yaml")) {
            Object all = new Load(LoadSettings.builder()
                    .setCodePointLimit(10_000_000)
                    .setMaxAliasesForCollections(1000)
                    .build())
                    .loadFromInputStream(file);
            List<Arguments> found = new ArrayList<>();
            JsonNode vectors = JSON.valueToTree(all);
            for (JsonNode vector : vectors.path("vectors")) {
                if (vector.path("expect").has("injected")) {
                    found.add(arguments(vector.path("id").asText(), vector.path("resources").asText(), vector.path(
                            "expect")));
                }
            }
            assertThat(found).hasSizeGreaterThanOrEqualTo(6);
            return found.stream();
        }
    }

    @Test
    void sidecarIsWrittenAsIstioWritesIt() {
        ObjectNode pod = JSON.createObjectNode();
        pod.putObject("metadata")
                .put("name", "colors-v1-abc-xyz")
                .put("namespace", "lab")
                .putObject("labels")
                .put("app", "colors")
                .put("version", "v1");
        pod.putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", "colors")
                .put("image",
                        "traffic-lab/colors:1");

        Sidecar.addTo(pod);
        Sidecar.addTo(pod);

        assertThat(pod.at("/spec/containers")).extracting(container -> container.path("name").asText())
                .containsExactly("colors", "istio-proxy");
        assertThat(pod.at("/spec/initContainers")).extracting(container -> container.path("name").asText())
                .containsExactly("istio-init");
        assertThat(Resource.strings(pod.at("/metadata/labels"))).containsEntry("security.istio.io/tlsMode", "istio")
                .containsEntry("service.istio.io/canonical-name", "colors")
                .containsEntry("service.istio.io/canonical-revision", "v1");
        assertThat(Resource.strings(pod.at("/metadata/annotations"))).containsKey("sidecar.istio.io/status")
                .containsEntry("kubectl.kubernetes.io/default-container", "colors");
    }
}

package dev.trafficlab.embedded.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.ResourceType;

import static org.assertj.core.api.Assertions.assertThat;

class TablesTests {

    private static final Instant NOW = Instant.parse("2026-01-01T00:05:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aRunningPodWithSidecarIsTwoOfTwo() {
        assertThat(cells("pods", Pod.class,
                """
                {"metadata": {"name": "colors-v1", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "spec": {"nodeName": "node-1", "containers": [{"name": "colors"}, {"name": "istio-proxy"}]},
                 "status": {"phase": "Running", "podIP": "10.1.0.7", "containerStatuses": [
                   {"name": "colors", "ready": true, "restartCount": 1, "state": {"running": {}},
                    "lastState": {"terminated": {"finishedAt": "2026-01-01T00:04:00Z"}}},
                   {"name": "istio-proxy", "ready": true, "state": {"running": {}}}]}}"""))
                .containsExactly("colors-v1", "2/2", "Running", "1 (60s ago)", "5m", "10.1.0.7", "node-1", "<none>",
                        "<none>");
    }

    @Test
    void aNativeSidecarCountsAsContainer() {
        assertThat(cells("pods", Pod.class,
                """
                {"metadata": {"name": "a", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "spec": {"containers": [{"name": "app"}],
                          "initContainers": [{"name": "istio-proxy", "restartPolicy": "Always"}]},
                 "status": {"phase": "Running", "containerStatuses": [{"name": "app", "ready": true, "state": {"running": {}}}],
                   "initContainerStatuses": [{"name": "istio-proxy", "ready": true, "started": true}]}}"""))
                .startsWith("a", "2/2", "Running");
    }

    @Test
    void aPodSaysWhatHoldsItUp() {
        assertThat(status(
                "{'phase': 'Pending', 'containerStatuses': [{'state': {'waiting': {'reason': 'ImagePullBackOff'}}}]}"))
                .isEqualTo("ImagePullBackOff");
        assertThat(status(
                "{'phase': 'Pending', 'initContainerStatuses': [{'name': 'istio-init', 'state': {'running': {}}}]}"))
                .isEqualTo("Init:0/1");
        assertThat(status("{'phase': 'Pending'}")).isEqualTo("Pending");
        assertThat(status("{'phase': 'Failed', 'reason': 'Evicted'}")).isEqualTo("Evicted");
    }

    @Test
    void aServiceShowsItsAddresses() {
        assertThat(cells("services", Service.class,
                """
                {"metadata": {"name": "istio-ingressgateway", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "spec": {"type": "LoadBalancer", "clusterIP": "10.96.0.9", "selector": {"istio": "ingressgateway"},
                          "ports": [{"port": 80, "nodePort": 31380, "protocol": "TCP"}, {"port": 443, "protocol": "TCP"}]},
                 "status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}}}"""))
                .containsExactly("istio-ingressgateway", "LoadBalancer", "10.96.0.9", "203.0.113.7",
                        "80:31380/TCP,443/TCP",
                        "5m", "istio=ingressgateway");
    }

    @Test
    void aListInACustomResourceIsPrintedAsJson() {
        assertThat(cells("virtualservices.networking.istio.io", VirtualService.class,
                """
                {"metadata": {"name": "colors", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "spec": {"gateways": ["my-gateway"], "hosts": ["*"]}}"""))
                .containsExactly("colors", "[\"my-gateway\"]", "[\"*\"]", "5m");
    }

    @Test
    void rowsCarryWhatTheClientAskedFor() {
        ObjectNode pod = parse("{\"metadata\": {\"name\": \"a\"}, \"spec\": {}}");
        assertThat(row(pod, Tables.IncludeObject.NONE).has("object")).isFalse();
        assertThat(row(pod, Tables.IncludeObject.METADATA).path("object").has("spec")).isFalse();
        assertThat(row(pod, Tables.IncludeObject.METADATA).at("/object/kind").asText()).isEqualTo(
                "PartialObjectMetadata");
        assertThat(row(pod, Tables.IncludeObject.OBJECT).path("object")).isEqualTo(pod);
        assertThat(Tables.IncludeObject.of(Optional.empty())).isEqualTo(Tables.IncludeObject.METADATA);
    }

    private static String status(String status) {
        return cells("pods", Pod.class,
                """
                {"metadata": {"name": "a"}, "spec": {"containers": [{}], "initContainers": [{"name": "istio-init"}]},
                 "status": %s}""".formatted(status.replace('\'', '"'))).get(2);
    }

    private static JsonNode row(ObjectNode object, Tables.IncludeObject include) {
        return Tables.table(type("pods", Pod.class), List.of(object), NOW, include, true, JSON.createObjectNode())
                .at("/rows/0");
    }

    private static List<String> cells(String resource, Class<? extends HasMetadata> model, String object) {
        JsonNode table = Tables.table(type(resource, model), List.of(parse(object)), NOW, Tables.IncludeObject.NONE,
                true,
                JSON.createObjectNode());
        assertThat(table.path("columnDefinitions")).hasSameSizeAs(table.at("/rows/0/cells"));
        return StreamSupport.stream(table.at("/rows/0/cells").spliterator(), false).map(JsonNode::asText).toList();
    }

    private static ResourceType type(String resource, Class<? extends HasMetadata> model) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        String group = dot < 0 ? "" : resource.substring(dot + 1);
        return new ResourceType(group, List.of("v1"), model.getSimpleName(), plural, plural, List.of(), List.of(), true,
                false,
                false, List.of(), model);
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }
}

package dev.trafficlab.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.inventory.PlannedObjects.Planned;
import dev.trafficlab.inventory.Topology.Edge;
import dev.trafficlab.inventory.Topology.Ghost;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.Place;
import dev.trafficlab.inventory.Topology.Pods;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyBuilderTests {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final Experiment EXPERIMENT = new Experiment(new Experiment.Subject("colors", "", "version"), Map
            .of(), Optional.of(new Experiment.TallyService("logger-backend", "http", "COLOR", "red")), Optional.empty(),
            List.of());
    private static final String POD = """
                                      kind: Pod
                                      metadata: {name: colors-v1-%s, labels: {app: colors, version: v1}}
                                      spec: {containers: [{name: colors}%s]}
                                      status: {conditions: [{type: Ready, status: "%s"}]}
                                      """;

    @Test
    void emptyLabIsAllGhostsThatNameTheirSteps() {
        Topology topology = TopologyBuilder.draw(List.of(), plan(), EXPERIMENT);

        assertThat(topology.nodes()).filteredOn(node -> node.place() != Place.CLIENT)
                .isNotEmpty()
                .allSatisfy(node -> assertThat(node.ghost()).isPresent());
        assertThat(node(topology, "gateway/my-gateway").ghost()).contains(new Ghost("gateway", 3, "Gateway"));
        assertThat(node(topology, "subset/colors/v2").ghost().orElseThrow().number()).isEqualTo(5);
        assertThat(topology.edges()).isNotEmpty().allMatch(Edge::ghost);
    }

    @Test
    void whatIsThereIsNoGhostAnyMore() {
        Topology topology = TopologyBuilder.draw(items("services.yaml", "deployments.yaml"), plan(), EXPERIMENT);

        assertThat(node(topology, "service/colors").ghost()).isEmpty();
        assertThat(node(topology, "workload/colors-v1").ghost()).isEmpty();
        assertThat(node(topology, "route/colors").ghost()).isPresent();
        assertThat(edge(topology, "inside", "service/colors").ghost()).isFalse();
        assertThat(edge(topology, "service/colors", "workload/colors-v3").ghost()).isFalse();
    }

    @Test
    void weightsBecomeSharesOfTheEdgesToTheSubsets() {
        Topology topology = TopologyBuilder.draw(items("services.yaml", "deployments.yaml", "gateway.yaml",
                "destinationrule.yaml"), plan(), EXPERIMENT);

        assertThat(edge(topology, "client", "gateway/my-gateway").ghost()).isFalse();
        assertThat(edge(topology, "gateway/my-gateway", "route/colors").ghost()).isFalse();
        assertThat(edge(topology, "route/colors", "subset/colors/v1")).isEqualTo(new Edge("route/colors",
                "subset/colors/v1", "/colors", OptionalDouble.of(0.1), false));
        assertThat(edge(topology, "route/colors", "subset/colors/v3").weight()).hasValue(0.6);
        assertThat(edge(topology, "route/colors", "service/logger-frontend").weight()).isEmpty();
        assertThat(edge(topology, "subset/colors/v2", "workload/colors-v2").ghost()).isFalse();
        assertThat(node(topology, "subset/colors/v2").version()).isEqualTo("v2");
    }

    @Test
    void answersLeadToTheTallyAndItsServiceIsNoWayOfTheirs() {
        Topology topology = TopologyBuilder.draw(items("services.yaml", "deployments.yaml"), List.of(), EXPERIMENT);

        assertThat(node(topology, "workload/logger-backend").place()).isEqualTo(Place.TALLY);
        assertThat(edge(topology, "workload/colors-v1", "workload/logger-backend")).isNotNull();
        assertThat(topology.nodes()).extracting(Node::id).doesNotContain("service/logger-backend");
    }

    @Test
    void routeToNowhereLeadsToSomethingMissing() {
        Topology topology = TopologyBuilder.draw(parse("""
                                                       kind: VirtualService
                                                       metadata: {name: colors}
                                                       spec:
                                                         http:
                                                         - route: [{destination: {host: colors, subset: v9}}]
                                                       """), List.of(), EXPERIMENT);

        assertThat(node(topology, "subset/colors/v9").missing()).isTrue();
        assertThat(edge(topology, "inside", "route/colors")).as("bound to no gateway, so to the sidecars").isNotNull();
    }

    @Test
    void podsAreCountedByWhatTheySayOfThemselves() {
        List<Item> live = new ArrayList<>(items("deployments.yaml"));
        live.addAll(parse(POD.formatted("a", "", "True")));
        live.addAll(parse(POD.formatted("b", ", {name: istio-proxy}", "False")));

        assertThat(node(TopologyBuilder.draw(live, List.of(), EXPERIMENT), "workload/colors-v1").pods()).isEqualTo(
                new Pods(1, 1,
                        1));
        assertThat(node(TopologyBuilder.draw(live, List.of(), EXPERIMENT), "workload/colors-v2").pods()).isEqualTo(
                new Pods(1, 0,
                        0));
    }

    private static List<Planned> plan() {
        List<Planned> plan = new ArrayList<>();
        Ghost services = new Ghost("services", 1, "Services");
        items("services.yaml", "deployments.yaml").forEach(item -> plan.add(new Planned(item, services)));
        items("gateway.yaml").forEach(item -> plan.add(new Planned(item, new Ghost("gateway", 3, "Gateway"))));
        items("virtualservice.yaml").forEach(item -> plan.add(new Planned(item, new Ghost("virtual-service", 4,
                "Virtual service"))));
        items("destinationrule.yaml").stream()
                .filter(item -> item.kind() == SeenKind.DESTINATION_RULE)
                .forEach(item -> plan.add(new Planned(item, new Ghost("destination-rules", 5, "Destination rules"))));
        return plan;
    }

    private static List<Item> items(String... manifests) {
        return Arrays.stream(manifests).flatMap(file -> parse(read(file)).stream()).toList();
    }

    private static List<Item> parse(String yaml) {
        return Arrays.stream(yaml.split("(?m)^---$"))
                .map(text -> YAML.unmarshal(text, GenericKubernetesResource.class))
                .flatMap(resource -> SeenKind.named(resource.getKind()).map(kind -> new Item(kind, resource)).stream())
                .toList();
    }

    private static String read(String file) {
        try (InputStream in = TopologyBuilderTests.class.getResourceAsStream("/manifests/traffic-weighting/" + file)) {
            return new String(Optional.ofNullable(in).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Node node(Topology topology, String id) {
        return topology.nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
    }

    private static Edge edge(Topology topology, String from, String to) {
        return topology.edges()
                .stream()
                .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
                .findFirst()
                .orElseThrow();
    }
}

package dev.trafficlab.embedded.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import dev.trafficlab.embedded.analysis.Finding.Level;

import static org.assertj.core.api.Assertions.assertThat;

class AnalysisTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path COURSE = Path.of("../manifests/traffic-weighting");
    private static final String INGRESS = """
                                          kind: Service
                                          metadata: {name: istio-ingressgateway, namespace: istio-system}
                                          spec: {selector: {istio: ingressgateway}, ports: [{name: http2, port: 80, targetPort: 8080}]}
                                          ---
                                          kind: Pod
                                          metadata: {name: gateway, namespace: istio-system, labels: {istio: ingressgateway}}
                                          spec: {containers: [{name: istio-proxy, image: proxyv2}]}
                                          """;

    private static List<ObjectNode> objects(String... texts) {
        List<ObjectNode> objects = new ArrayList<>();
        for (String text : texts) {
            new Load(LoadSettings.builder().build()).loadAllFromString(text).forEach(document -> {
                ObjectNode object = JSON.valueToTree(document);
                ObjectNode metadata = object.withObjectProperty("metadata");
                if (!metadata.has("namespace") && !object.path("kind").asText().equals("Namespace")) {
                    metadata.put("namespace", "default");
                }
                objects.add(object);
            });
        }
        return objects;
    }

    private static String course(String file) {
        try {
            return Files.readString(COURSE.resolve(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<FindingKind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind);
    }

    @ParameterizedTest
    @EnumSource
    void everyFindingHasItsWords(FindingKind kind) {
        Finding finding = new Finding(kind, new Finding.ObjectName("Service", "shop", "colors"), Collections.nCopies(3,
                "fact"));

        assertThat(finding.message(Locale.ENGLISH)).endsWith(kind == FindingKind.INVALID || kind == FindingKind.DOUBTFUL
                ? "fact"
                : ".").doesNotContain("{", "''");
    }

    @Test
    void theCourseLeavesNothingToSayFromTheFirstStepToTheLast() {
        List<String> applied = new ArrayList<>(List.of(INGRESS, course("deployments.yaml")));
        for (String file : List.of("services.yaml", "gateway.yaml", "virtualservice.yaml",
                "destinationrule.yaml", "sticky.yaml")) {
            applied.add(course(file));
            assertThat(Analysis.ofSettling(objects(applied.toArray(String[]::new)))).as(file)
                    .filteredOn(finding -> finding.kind().level() != Level.INFO)
                    .isEmpty();
        }
    }

    @Test
    void podsThatDeploymentsAreAboutToMakeCountWhileThingsSettle() {
        List<ObjectNode> objects = objects(course("services.yaml"), course("deployments.yaml"), course(
                "destinationrule.yaml"));

        assertThat(kinds(Analysis.of(objects))).contains(FindingKind.SUBSET_WITHOUT_PODS,
                FindingKind.SERVICE_WITHOUT_PODS);
        assertThat(kinds(Analysis.ofSettling(objects))).doesNotContain(FindingKind.SUBSET_WITHOUT_PODS,
                FindingKind.SERVICE_WITHOUT_PODS);
    }

    @Test
    void aServiceWithoutPodsIsToldOf() {
        List<ObjectNode> objects = objects(course("deployments.yaml"),
                """
                kind: Service
                metadata: {name: colors}
                spec: {selector: {app: colorz}, ports: [{name: http, port: 80}]}
                """);

        assertThat(Analysis.ofSettling(objects)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(FindingKind.SERVICE_WITHOUT_PODS);
            assertThat(finding.object()).isEqualTo(new Finding.ObjectName("Service", "default", "colors"));
            assertThat(finding.message(Locale.ENGLISH)).contains("app=colorz selects no pod");
        });
    }

    @Test
    void aLabelOnTheDeploymentAloneIsToldOf() {
        String rule = """
                      kind: DestinationRule
                      metadata: {name: colors}
                      spec: {host: colors, subsets: [{name: new, labels: {track: canary}}]}
                      ---
                      kind: Deployment
                      metadata: {name: canary, labels: {track: canary}}
                      spec:
                        selector: {matchLabels: {app: colors}}
                        template: {metadata: {labels: {app: colors}}, spec: {containers: [{name: colors}]}}
                      """;

        assertThat(kinds(Analysis.ofSettling(objects(course("services.yaml"), course("deployments.yaml"), rule)))
                .filter(kind -> kind.level() != Level.INFO)).containsExactlyInAnyOrder(FindingKind.SUBSET_WITHOUT_PODS,
                        FindingKind.LABEL_NOT_ON_PODS);
    }

    @Test
    void theMessageNamesWhatThereIsInstead() {
        String route = """
                       kind: VirtualService
                       metadata: {name: colors}
                       spec: {hosts: ["*"], gateways: [my-gatewy], http: [{route: [{destination: {host: colorz}}]}]}
                       """;

        List<String> messages = Analysis.ofSettling(objects(INGRESS, course("services.yaml"), course(
                "deployments.yaml"), course("gateway.yaml"), route))
                .stream()
                .filter(finding -> finding.kind().code().equals("IST0101"))
                .map(finding -> finding.message(Locale.ENGLISH))
                .toList();

        assertThat(messages).hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("colorz", "colors, logger-backend"))
                .anySatisfy(message -> assertThat(message).contains("my-gatewy", "default/my-gateway"));
    }
}

package dev.trafficlab.embedded.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The same findings in the same objects as Istio's own analyzers have; their answers were recorded by {@code .ci/analyze}. */
class AnalyzeTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> everySetIsJudgedAsIstioJudgesIt() throws IOException {
        JsonNode answers = JSON.readTree(AnalyzeTests.class.getResource("/analyze/answers.json")).path("answers");
        JsonNode sets = JSON.valueToTree(yaml(resource("/analyze/sets.yaml")).getFirst());
        assertThat(sets.path("sets").size()).isEqualTo(answers.size()).isGreaterThanOrEqualTo(60);
        return sets.path("sets").valueStream().map(set -> DynamicTest.dynamicTest(set.path("name").asText(), () -> {
            JsonNode answer = answers.path(set.path("name").asText());
            Set<String> wanted = answer.valueStream()
                    .map(found -> found.path("code").asText() + " " + found.path("level").asText() + " " + found.path(
                            "object")
                            .asText())
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(found(sets.path("base").asText() + "---\n" + set.path("objects").asText())).isEqualTo(wanted);
        }));
    }

    /** What is found beyond Istio's own codes is left out; so are other namespaces, which Istio was not asked about. */
    private static Set<String> found(String yaml) {
        List<ObjectNode> objects = new ArrayList<>();
        yaml(yaml).forEach(document -> {
            ObjectNode object = JSON.valueToTree(document);
            ObjectNode metadata = object.withObjectProperty("metadata");
            if (!object.path("kind").asText().equals("Namespace") && !metadata.has("namespace")) {
                metadata.put("namespace", "default");
            }
            objects.add(object);
        });
        return Analysis.of(objects)
                .stream()
                .filter(finding -> finding.kind().code().startsWith("IST"))
                .filter(finding -> finding.object().isIn("default"))
                .map(AnalyzeTests::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(Finding finding) {
        String level = Map.of(Finding.Level.ERROR, "Error", Finding.Level.WARNING, "Warning", Finding.Level.INFO,
                "Info")
                .get(finding.kind().level());
        String namespace = finding.object().namespace();
        return finding.kind().code() + " " + level + " " + finding.object().kind() + " "
                + (namespace.isEmpty() ? "" : namespace + "/") + finding.object().name();
    }

    private static String resource(String name) throws IOException {
        try (var stream = AnalyzeTests.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    private static List<Object> yaml(String text) {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build()).loadAllFromString(text)
                .forEach(document -> {
                    if (document != null) {
                        documents.add(document);
                    }
                });
        return documents;
    }
}

package dev.trafficlab.embedded.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a manifest holds, there is a verdict on it: nonsense is the client's fault, never the server's. */
class MutatedManifestTests {

    private static final int MUTATIONS = 40;
    private static final List<JsonNode> NONSENSE = List.of(text(""), text("*"), text("/"), text("-1"), text("1e999Ki"),
            text("\u0000é/.."), text("%"), JsonNodeFactory.instance.numberNode(-1), JsonNodeFactory.instance.numberNode(
                    1.5),
            JsonNodeFactory.instance.numberNode(Long.MAX_VALUE), JsonNodeFactory.instance.booleanNode(true),
            JsonNodeFactory.instance.nullNode(), JsonNodeFactory.instance.objectNode(),
            JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode().add(""),
            JsonNodeFactory.instance.objectNode().put("", ""));

    static Stream<BadManifest> manifests() {
        return BadManifest.all().filter(bad -> bad.code() != 404);
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void isJudgedToo(BadManifest seed) {
        // Given
        var random = new Random(seed.name().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            ObjectNode manifest = YamlText.all(seed.manifest()).getFirst();
            mutate(manifest, random);
            ObjectNode shown = manifest.deepCopy();
            // When
            Verdict verdict = Verdict.on(manifest, seed.before().map(before -> YamlText.all(before).getFirst()));
            // Then
            assertThat(verdict.code()).as("%s", shown).isIn(200, 400, 422);
            assertThat(verdict.message().isEmpty()).as("%s", shown).isEqualTo(verdict.code() == 200);
        }
    }

    private static void mutate(ObjectNode manifest, Random random) {
        var places = new ArrayList<Runnable>();
        collect(manifest, NONSENSE.get(random.nextInt(NONSENSE.size())), places, true);
        places.get(random.nextInt(places.size())).run();
    }

    /** All the places where the nonsense can be put, but for the names by which the kind is found. */
    private static void collect(JsonNode node, JsonNode nonsense, List<Runnable> places, boolean root) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .stream()
                    .filter(entry -> !root || !List.of("apiVersion", "kind")
                            .contains(entry
                                    .getKey()))
                    .forEach(entry -> {
                        places.add(() -> object.set(entry.getKey(), nonsense.deepCopy()));
                        collect(entry.getValue(), nonsense, places, false);
                    });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, nonsense.deepCopy()));
                collect(array.get(i), nonsense, places, false);
            }
        }
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.textNode(value);
    }
}

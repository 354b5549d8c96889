package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML as JSON trees. */
public final class YamlText {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private YamlText() {}

    /** The only document of the text. */
    public static JsonNode one(String text) {
        return MAPPER.valueToTree(load().loadFromString(text));
    }

    /** All documents of the text, empty ones left out. */
    public static List<ObjectNode> all(String text) {
        return StreamSupport.stream(load().loadAllFromString(text).spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> MAPPER.<ObjectNode>valueToTree(document))
                .toList();
    }

    private static Load load() {
        return new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build());
    }
}

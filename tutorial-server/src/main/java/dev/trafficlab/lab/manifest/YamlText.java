package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.yaml.BoundedLoad;
import dev.trafficlab.lab.YamlReading;
import dev.trafficlab.lab.YamlReading.Broken;
import dev.trafficlab.lab.YamlReading.Document;
import dev.trafficlab.lab.YamlReading.Documents;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads YAML from an untrusted source. The stream of events is checked before any value is built: aliases, which let a small text grow
 * large, nesting deep enough to overflow the stack and unknown tags are refused with their place.
 */
final class YamlText {

    static final int MAX_BYTES = Bounds.REQUEST_BYTES;

    private static final int MAX_DEPTH = 64;
    private static final String CORE_TAG = "tag:yaml.org,2002:";
    private static final Set<String> TAGS = Set.of("!", CORE_TAG + "str", CORE_TAG + "int", CORE_TAG + "float",
            CORE_TAG + "bool", CORE_TAG + "null", CORE_TAG + "map", CORE_TAG + "seq");
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(BoundedLoad.schema(new CoreSchema()))
            .setAllowDuplicateKeys(false)
            .setAllowNonScalarKeys(false)
            .setCodePointLimit(MAX_BYTES)
            .setLabel("manifest")
            .build();

    private YamlText() {}

    static YamlReading read(String text) {
        if (text.getBytes(UTF_8).length > MAX_BYTES) {
            return new Broken("", "The manifest is larger than " + MAX_BYTES / 1024
                    + " KiB. Apply it in smaller parts.");
        }
        try {
            Survey survey = new Survey();
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                survey.see(event);
                if (survey.refusal.isPresent()) {
                    return survey.refusal.get();
                }
            }
            return new Documents(load(text, survey.lines));
        } catch (MarkedYamlEngineException e) {
            return new Broken(place(e.getProblemMark()), e.getProblem() + hint(e));
        } catch (YamlEngineException e) {
            return new Broken("", Optional.ofNullable(e.getMessage()).orElse("This is not YAML."));
        }
    }

    private static List<Document> load(String text, List<Integer> lines) {
        List<Document> documents = new ArrayList<>();
        int number = 0;
        for (Object value : new BoundedLoad(SETTINGS, MAX_DEPTH).loadAllFromString(text)) {
            int line = lines.get(number++);
            if (value != null) {
                documents.add(new Document(line, value));
            }
        }
        return documents;
    }

    /** Hosts and paths of Istio are often a star, which means something else in YAML. */
    private static String hint(MarkedYamlEngineException e) {
        return "while scanning an alias".equals(e.getContext())
                ? ". A * without quotes begins an alias in YAML; write \"*\"."
                : "";
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(m -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1)).orElse("");
    }

    /** Looks at the events one by one: notes where documents start, and the first thing that is not taken. */
    private static final class Survey {

        private final List<Integer> lines = new ArrayList<>();
        private Optional<Broken> refusal = Optional.empty();
        private int depth;

        private void see(Event event) {
            switch (event) {
                case DocumentStartEvent start -> lines.add(start.getStartMark().map(Mark::getLine).orElse(0) + 1);
                case AliasEvent alias -> refuse(alias, "Aliases (*" + alias.getAlias()
                        + ") are not taken here. Write the value out where it is needed.");
                case CollectionStartEvent start -> enter(start);
                case CollectionEndEvent end -> depth--;
                case ScalarEvent scalar -> judgeTag(scalar, scalar.getTag());
                default -> {
                }
            }
        }

        private void enter(CollectionStartEvent start) {
            judgeTag(start, start.getTag());
            if (++depth > MAX_DEPTH) {
                refuse(start, "Nested deeper than " + MAX_DEPTH + " levels; no Kubernetes object needs that.");
            }
        }

        private void judgeTag(Event event, Optional<String> tag) {
            tag.filter(t -> !TAGS.contains(t))
                    .ifPresent(t -> refuse(event, "The tag " + t + " is not taken here. Leave it out."));
        }

        private void refuse(Event event, String message) {
            refusal = Optional.of(new Broken(place(event.getStartMark()), message));
        }
    }
}

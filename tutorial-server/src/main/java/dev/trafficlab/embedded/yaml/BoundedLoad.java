package dev.trafficlab.embedded.yaml;

import java.util.ArrayList;
import java.util.List;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Loads YAML within bounds. What nests too deep (composing is recursive) or is a number too long to be made is refused as a
 * {@link YamlEngineException} with its place, before it is made.
 */
public final class BoundedLoad extends Load {

    private final LoadSettings settings;
    private final int depth;

    /**
     * A loader.
     *
     * @param settings made with {@link #schema}
     * @param depth how deep collections may nest
     */
    public BoundedLoad(LoadSettings settings, int depth) {
        super(settings);
        this.settings = settings;
        this.depth = depth;
    }

    /** The schema, but for numbers with more characters than {@code Bounds.NUMBER_CHARACTERS}: these it refuses. */
    public static Schema schema(Schema schema) {
        return new BoundedSchema(schema);
    }

    /** The documents as nodes, up to the first fault in the text. */
    public List<Node> composeUntilFault(String yaml) {
        List<Node> documents = new ArrayList<>();
        try {
            createComposer(yaml).forEachRemaining(documents::add);
        } catch (YamlEngineException fault) {
            // what came before it is good
        }
        return documents;
    }

    @Override
    protected Composer createComposer(String yaml) {
        return new Composer(settings, new BoundedParser(new ParserImpl(settings, new StreamReader(settings, yaml)),
                depth));
    }
}

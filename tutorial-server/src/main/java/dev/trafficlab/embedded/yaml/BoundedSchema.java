package dev.trafficlab.embedded.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.exceptions.ConstructorException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

import dev.trafficlab.embedded.Bounds;

/** A schema that makes no number of too many characters, whether its tag is written or guessed. */
final class BoundedSchema implements Schema {

    private final Schema schema;
    private final Map<Tag, ConstructNode> constructors;

    BoundedSchema(Schema schema) {
        this.schema = schema;
        this.constructors = new HashMap<>(schema.getSchemaTagConstructors());
        constructors.computeIfPresent(Tag.INT, (_, number) -> new BoundedNumber(number));
        constructors.computeIfPresent(Tag.FLOAT, (_, number) -> new BoundedNumber(number));
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return schema.getScalarResolver();
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return constructors;
    }

    private record BoundedNumber(ConstructNode number) implements ConstructNode {

        @Override
        public Object construct(@Nullable Node node) {
            if (node instanceof ScalarNode scalar && scalar.getValue().length() > Bounds.NUMBER_CHARACTERS) {
                throw refused(scalar, "a number of more than " + Bounds.NUMBER_CHARACTERS + " characters");
            }
            try {
                return number.construct(node);
            } catch (NumberFormatException e) {
                throw refused(node, "not a number");
            }
        }

        private static ConstructorException refused(@Nullable Node node, String why) {
            return new ConstructorException("while reading a number", Optional.empty(), why,
                    node == null ? Optional.empty() : node.getStartMark());
        }
    }
}

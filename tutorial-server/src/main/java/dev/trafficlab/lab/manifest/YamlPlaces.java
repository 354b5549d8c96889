package dev.trafficlab.lab.manifest;

import java.util.List;
import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.yaml.BoundedLoad;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestPreview.Diagnostic;

/** Finds the line that a problem speaks of: by the field it names, else by the object, else by the place it states. */
final class YamlPlaces {

    private static final Pattern STATED = Pattern.compile("line (\\d{1,9})(?:, column (\\d{1,9}))?");
    private static final Pattern PATH = Pattern.compile("(?:metadata|spec|data)(?:\\.[A-Za-z0-9_/-]+|\\[\\d+])+");
    private static final Pattern PIECE = Pattern.compile("\\.?([A-Za-z0-9_/-]+)|\\[(\\d{1,9})]");

    private final List<Node> documents;

    YamlPlaces(String yaml) {
        // What was read before a fault is still good for finding lines.
        documents = new BoundedLoad(LoadSettings.builder().build(), Bounds.NESTING).composeUntilFault(yaml);
    }

    Diagnostic of(Problem problem) {
        Matcher stated = STATED.matcher(problem.object());
        if (stated.find()) {
            int column = stated.group(2) == null ? 1 : Integer.parseInt(stated.group(2));
            return new Diagnostic(Integer.parseInt(stated.group(1)), column, "", problem.message());
        }
        Optional<MappingNode> object = object(problem.object());
        Optional<Node> node = object.flatMap(root -> named(root, problem.message())).or(() -> object);
        return new Diagnostic(node.map(YamlPlaces::line).orElse(1), node.map(YamlPlaces::column).orElse(1), problem
                .object(), problem.message());
    }

    private Optional<MappingNode> object(String title) {
        return documents.stream()
                .filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .filter(root -> title.equals(text(root, "kind") + " " + name(root)))
                .findFirst();
    }

    /** The deepest field that any path in the message leads to. */
    private static Optional<Node> named(MappingNode root, String message) {
        Spot deepest = new Spot(root, root, 0);
        for (Matcher path = PATH.matcher(message); path.find();) {
            Spot spot = new Spot(root, root, 0);
            Matcher piece = PIECE.matcher(path.group());
            for (Optional<Spot> next = Optional.of(spot); next.isPresent() && piece.find();) {
                next = spot.step(piece);
                spot = next.orElse(spot);
            }
            deepest = spot.depth() > deepest.depth() ? spot : deepest;
        }
        return deepest.depth() == 0 ? Optional.empty() : Optional.of(deepest.mark());
    }

    /**
     * A place on the way down a path.
     *
     * @param mark what to point at: a field's name, or an entry of a list
     * @param value what is there, to go on into
     */
    private record Spot(Node mark, Node value, int depth) {

        Optional<Spot> step(Matcher piece) {
            if (piece.group(2) == null) {
                return value instanceof MappingNode mapping ? field(mapping, piece.group(1)).map(tuple -> new Spot(tuple
                        .getKeyNode(), tuple.getValueNode(), depth + 1)) : Optional.empty();
            }
            int index = Integer.parseInt(piece.group(2));
            return value instanceof SequenceNode sequence && index < sequence.getValue().size()
                    ? Optional.of(new Spot(sequence.getValue().get(index), sequence.getValue().get(index), depth + 1))
                    : Optional.empty();
        }
    }

    private static Optional<NodeTuple> field(MappingNode mapping, String name) {
        return mapping.getValue()
                .stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && key
                        .getValue()
                        .equals(name))
                .findFirst();
    }

    private static String name(MappingNode root) {
        return field(root, "metadata").map(NodeTuple::getValueNode)
                .filter(MappingNode.class::isInstance)
                .map(metadata -> text((MappingNode) metadata, "name"))
                .orElse("");
    }

    private static String text(MappingNode mapping, String name) {
        return field(mapping, name).map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).getValue())
                .orElse("");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}

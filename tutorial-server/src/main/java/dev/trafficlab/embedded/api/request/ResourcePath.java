package dev.trafficlab.embedded.api.request;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.store.ObjectKey;

/**
 * What a path below {@code /api/v1} or {@code /apis/{group}/{version}} names.
 *
 * @param version the version asked for
 * @param namespace empty for the whole cluster
 * @param name empty for the collection
 * @param subresource empty for the object itself
 * @param rest what follows the subresource {@code proxy}, as sent
 */
public record ResourcePath(ResourceType type, String version, String namespace, String name, String subresource,
        String rest) {

    public static Optional<ResourcePath> parse(String path) {
        List<String> parts = Stream.of(path.split("/", -1)).skip(1).toList();
        if (parts.size() > 2 && parts.get(0).equals("api")) {
            return parse("", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() > 3 && parts.get(0).equals("apis")) {
            return parse(parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return Optional.empty();
    }

    private static Optional<ResourcePath> parse(String group, String version, List<String> parts) {
        boolean inside = parts.getFirst().equals("namespaces") && parts.size() > 2;
        if (inside) {
            Optional<ResourcePath> found = parse(group, version, decode(parts.get(1)), parts.subList(2, parts.size()));
            if (found.isPresent()) {
                return found;
            }
        }
        return parse(group, version, "", parts);
    }

    private static Optional<ResourcePath> parse(String group, String version, String namespace, List<String> parts) {
        return ResourceTypes.byPlural(group, version, decode(parts.getFirst()))
                .filter(type -> namespace.isEmpty() || type.namespaced())
                .filter(type -> parts.size() < 2 || !type.namespaced() || !namespace.isEmpty())
                .map(type -> new ResourcePath(type, version, namespace, parts.size() > 1 ? decode(parts.get(1)) : "",
                        parts.size() > 2 ? decode(parts.get(2)) : "",
                        parts.size() > 3 ? "/" + String.join("/", parts.subList(3, parts.size())) : ""))
                .filter(found -> parts.size() < 4 || found.subresource().equals("proxy"));
    }

    private static String decode(String segment) {
        return segment.indexOf('%') < 0 ? segment : Query.decode(segment.replace("+", "%2B"));
    }

    /** Where the object lives that the path names. */
    public ObjectKey key() {
        return new ObjectKey(type.resource(), namespace, name);
    }

    /** Group and version as asked for. */
    public String apiVersion() {
        return type.group().isEmpty() ? version : type.group() + "/" + version;
    }
}

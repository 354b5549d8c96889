package dev.trafficlab.embedded.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.trafficlab.embedded.api.ApiRequest.Anonymous;
import dev.trafficlab.embedded.api.ApiRequest.Bearer;
import dev.trafficlab.embedded.api.ApiRequest.Caller;
import dev.trafficlab.embedded.api.ApiRequest.Trusted;
import dev.trafficlab.embedded.api.request.ResourcePath;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * Who asks, and what they may do: the server itself everything, the holder of a namespace's token what its namespace holds, nobody
 * else anything. A token's holder also sees the mesh's own namespace and the kinds of the whole cluster.
 *
 * @param user as error messages name them
 * @param groups as {@code kubectl auth whoami} lists them
 * @param reach how far their rights go
 * @param home the namespace that is theirs, empty when none is
 */
public record Identity(String user, List<String> groups, AccessScope reach, String home) {

    private static final String TOKEN_DIGEST = "trafficlab.dev/token-sha256";
    /** The mesh's own namespace, and the one that {@code kubectl cluster-info} looks into. */
    private static final Set<String> SHARED_NAMESPACES = Set.of("istio-system", "kube-system");
    private static final Set<String> READING = Set.of("get", "list", "watch");
    private static final Set<String> HOME_VERBS = Set.of("get", "list", "watch", "patch", "update");

    /** How far the rights go. */
    public enum AccessScope {
        EVERYTHING,
        HOME,
        NOTHING
    }

    static Identity of(Caller caller, Objects objects) {
        return switch (caller) {
            case Trusted _ ->
                new Identity("traffic-lab", List.of("system:masters", "system:authenticated"), AccessScope.EVERYTHING,
                        "");
            case Bearer bearer -> holder(bearer.token(), objects);
            case Anonymous _ -> new Identity("system:anonymous", List.of("system:unauthenticated"), AccessScope.NOTHING,
                    "");
        };
    }

    private static Identity holder(String token, Objects objects) {
        int dot = token.indexOf('.');
        String namespace = dot < 0 ? "" : token.substring(0, dot);
        ResourceType namespaces = ResourceTypes.byKind("", "v1", "Namespace").orElseThrow();
        Optional<String> digest = objects.get(namespaces, "", namespace)
                .map(StoredObject::value)
                .map(value -> value.path("metadata").path("annotations").path(TOKEN_DIGEST).asText());
        if (digest.isEmpty() || !opens(token, digest.get())) {
            throw new ApiException(401, "Unauthorized", "Unauthorized");
        }
        return new Identity("system:serviceaccount:" + namespace + ":learner", List.of("system:serviceaccounts",
                "system:serviceaccounts:" + namespace, "system:authenticated"), AccessScope.HOME, namespace);
    }

    private static boolean opens(String token, String digest) {
        try {
            byte[] actual = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(HexFormat.of().formatHex(actual).getBytes(StandardCharsets.US_ASCII),
                    digest.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the verb is theirs on such an object; an empty namespace or name means all of them. */
    boolean may(String verb, ResourceType type, String namespace, String name) {
        return switch (reach) {
            case EVERYTHING -> true;
            case NOTHING -> false;
            case HOME -> type.namespaced() ? mayInside(verb, type, namespace) : mayOnCluster(verb, type, name);
        };
    }

    private boolean mayInside(String verb, ResourceType type, String namespace) {
        if (READING.contains(verb)) {
            return namespace.isEmpty() || sees(namespace);
        }
        return namespace.equals(home) && !type.readOnly();
    }

    private boolean mayOnCluster(String verb, ResourceType type, String name) {
        if (!type.kind().equals("Namespace")) {
            return READING.contains(verb);
        }
        if (name.equals(home)) {
            return HOME_VERBS.contains(verb);
        }
        return READING.contains(verb) && (name.isEmpty() || sees(name));
    }

    /** Whether what this namespace holds is shown to them; lists over all namespaces leave out the rest. */
    boolean sees(String namespace) {
        return reach == AccessScope.EVERYTHING
                || reach == AccessScope.HOME && (namespace.equals(home) || SHARED_NAMESPACES.contains(namespace));
    }

    boolean sees(StoredObject object) {
        return switch (object.key().resource()) {
            case "namespaces" -> sees(object.key().name());
            default -> object.key().namespace().isEmpty() ? reach != AccessScope.NOTHING
                    : sees(object.key().namespace());
        };
    }

    boolean mayWriteReadOnly() {
        return reach == AccessScope.EVERYTHING;
    }

    public void require(String verb, ResourcePath path) {
        if (may(verb, path.type(), path.namespace(), path.name())) {
            return;
        }
        String resource = path.type().plural() + (path.subresource().isEmpty() ? "" : "/" + path.subresource());
        String where = path.namespace().isEmpty() ? "at the cluster scope"
                : "in the namespace \"" + path.namespace() + "\"";
        throw ApiException.forbidden(path.type(), path.name(), "User \"" + user + "\" cannot " + verb + " resource \""
                + resource
                + "\" in API group \"" + path.type().group() + "\" " + where);
    }

    void requirePath(String path) {
        if (reach == AccessScope.NOTHING) {
            throw new ApiException(403, "Forbidden",
                    "forbidden: User \"" + user + "\" cannot get path \"" + path + "\"", details -> details.put("kind",
                            ""));
        }
    }
}

package dev.trafficlab.embedded.api.response;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.response.ServedResource.Served;
import dev.trafficlab.embedded.api.schema.Schemas;

/** What is served: as a document a group and version, as one document for all, and as OpenAPI. */
public final class Discovery {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String OPEN_API = "/openapi/v3";
    private static final String OLD_OPEN_API = "/openapi/v2";
    private static final String OLD_OPEN_API_TYPE = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /** An OpenAPI v2 document in protobuf that describes nothing: field 1 ({@code swagger}) with the text 2.0. */
    private static final byte[] EMPTY_OLD_OPEN_API = {10, 3, '2', '.', '0'};

    private final Map<String, List<Served>> served = ServedResource.byGroupVersion();
    private final Map<String, byte[]> openApi = new ConcurrentHashMap<>();

    public Optional<ApiResponse> answer(ApiRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Optional.empty();
        }
        String path = request.path().endsWith("/") ? request.path().substring(0, request.path().length() - 1)
                : request.path();
        boolean aggregated = request.header("accept").orElse("").contains("as=APIGroupDiscoveryList");
        return switch (path) {
            case "" -> Optional.of(Responses.json(200, paths()));
            case "/api" -> Optional.of(aggregated ? aggregated(true) : Responses.json(200, coreVersions()));
            case "/apis" -> Optional.of(aggregated ? aggregated(false) : Responses.json(200, groupList()));
            case OLD_OPEN_API -> Optional.of(oldOpenApi());
            case OPEN_API -> Optional.of(Responses.json(200, openApiIndex(request.root())));
            default -> document(path);
        };
    }

    /**
     * kubectl asks here when version 3 does not know a kind. Without any answer it complains of the document; from one that knows no
     * kind either it goes on to say that there is no such kind.
     */
    private static ApiResponse oldOpenApi() {
        return new ApiResponse.Complete(200, Map.of("content-type", OLD_OPEN_API_TYPE), EMPTY_OLD_OPEN_API);
    }

    private Optional<ApiResponse> document(String path) {
        if (path.startsWith(OPEN_API + "/")) {
            return openApi(path.substring(OPEN_API.length() + 1));
        }
        if (path.startsWith("/api/")) {
            return resourceList(path.substring("/api/".length()));
        }
        if (!path.startsWith("/apis/")) {
            return Optional.empty();
        }
        String rest = path.substring("/apis/".length());
        return rest.contains("/")
                ? resourceList(rest)
                : Optional.ofNullable(groups().get(rest))
                        .filter(_ -> !rest.isEmpty())
                        .map(versions -> Responses.json(200, group(rest, versions).put("kind", "APIGroup")
                                .put("apiVersion", "v1")));
    }

    private ObjectNode paths() {
        ArrayNode paths = NODES.arrayNode()
                .add("/api")
                .add("/apis")
                .add(OPEN_API)
                .add("/healthz")
                .add("/livez")
                .add("/readyz")
                .add("/version");
        served.keySet().forEach(groupVersion -> paths.add(root(groupVersion)));
        ObjectNode document = NODES.objectNode();
        document.set("paths", paths);
        return document;
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = NODES.objectNode().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs")
                .addObject()
                .put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress",
                        "");
        return versions;
    }

    private ObjectNode groupList() {
        ObjectNode list = NODES.objectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groups().forEach((name, versions) -> {
            if (!name.isEmpty()) {
                groups.add(group(name, versions));
            }
        });
        return list;
    }

    private static ObjectNode group(String name, List<String> versions) {
        ObjectNode group = NODES.objectNode().put("name", name);
        ArrayNode list = group.putArray("versions");
        versions.forEach(version -> list.addObject().put("groupVersion", name + "/" + version).put("version", version));
        group.putObject("preferredVersion")
                .put("groupVersion", name + "/" + versions.getFirst())
                .put("version",
                        versions.getFirst());
        return group;
    }

    private Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        served.keySet()
                .forEach(groupVersion -> groups.computeIfAbsent(groupOf(groupVersion), _ -> new ArrayList<>())
                        .add(versionOf(groupVersion)));
        return groups;
    }

    private Optional<ApiResponse> resourceList(String groupVersion) {
        return Optional.ofNullable(served.get(groupVersion)).map(resources -> {
            ObjectNode list = NODES.objectNode()
                    .put("kind", "APIResourceList")
                    .put("apiVersion", "v1")
                    .put("groupVersion", groupVersion);
            ArrayNode items = list.putArray("resources");
            resources.forEach(resource -> {
                items.add(resource.legacy());
                resource.subresources().forEach(sub -> items.add(sub.legacy(resource)));
            });
            return Responses.json(200, list);
        });
    }

    private ApiResponse aggregated(boolean core) {
        ObjectNode list = NODES.objectNode()
                .put("kind", "APIGroupDiscoveryList")
                .put("apiVersion",
                        "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        groups().forEach((name, versions) -> {
            if (name.isEmpty() == core) {
                items.add(aggregatedGroup(name, versions));
            }
        });
        return Responses.typed(AGGREGATED, Responses.bytes(list));
    }

    private ObjectNode aggregatedGroup(String name, List<String> versions) {
        ObjectNode group = NODES.objectNode();
        ObjectNode metadata = group.putObject("metadata");
        if (!name.isEmpty()) {
            metadata.put("name", name);
        }
        metadata.putNull("creationTimestamp");
        ArrayNode list = group.putArray("versions");
        for (String version : versions) {
            ObjectNode entry = list.addObject().put("version", version);
            ArrayNode resources = entry.putArray("resources");
            served.getOrDefault(name.isEmpty() ? version : name + "/" + version, List.of())
                    .forEach(resource -> resources.add(resource.aggregated()));
            entry.put("freshness", "Current");
        }
        return group;
    }

    private ObjectNode openApiIndex(String root) {
        ObjectNode index = NODES.objectNode();
        ObjectNode paths = index.putObject("paths");
        typed().forEach(groupVersion -> paths.putObject(root(groupVersion).substring(1))
                .put("serverRelativeURL",
                        root + OPEN_API + root(groupVersion)));
        return index;
    }

    private Optional<ApiResponse> openApi(String path) {
        return typed().stream()
                .filter(groupVersion -> root(groupVersion).substring(1).equals(path))
                .findFirst()
                .map(groupVersion -> Responses.typed("application/json", openApi.computeIfAbsent(groupVersion,
                        name -> Responses.bytes(Schemas.openApi(groupOf(name), versionOf(name))))));
    }

    /** The groups and versions whose kinds have schemas. */
    private List<String> typed() {
        return ResourceTypes.all()
                .stream()
                .flatMap(type -> type.versions()
                        .stream()
                        .map(version -> ServedResource.name(type, version)))
                .distinct()
                .toList();
    }

    private static String root(String groupVersion) {
        return (groupVersion.contains("/") ? "/apis/" : "/api/") + groupVersion;
    }

    private static String groupOf(String groupVersion) {
        return groupVersion.contains("/") ? groupVersion.substring(0, groupVersion.indexOf('/')) : "";
    }

    private static String versionOf(String groupVersion) {
        return groupVersion.substring(groupVersion.indexOf('/') + 1);
    }
}

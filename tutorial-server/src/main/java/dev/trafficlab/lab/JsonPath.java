package dev.trafficlab.lab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.lab.kind.LabKind;

/** Ways into the untyped content of an object. What is not there, or not of the wanted kind, is empty: the cluster tells of it. */
public final class JsonPath {

    private JsonPath() {}

    /** The node itself when it is a map, so that changes count. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable Object node) {
        return node instanceof Map<?, ?> map ? (Map<String, Object>) map : new HashMap<>();
    }

    public static Stream<Map<String, Object>> maps(@Nullable Object node) {
        return items(node).filter(Map.class::isInstance).map(JsonPath::map);
    }

    public static Stream<Object> items(@Nullable Object node) {
        return node instanceof List<?> list ? list.stream().map(Object.class::cast) : Stream.empty();
    }

    /** The spec of the pods that an object asks for. */
    public static Map<String, Object> podSpec(LabKind kind, Map<String, Object> spec) {
        return switch (kind) {
            case POD -> spec;
            case DEPLOYMENT -> map(map(spec.get("template")).get("spec"));
            case NAMESPACE, SERVICE, SERVICE_ACCOUNT, CONFIG_MAP, REPLICA_SET, ENDPOINTS, ENDPOINT_SLICE, GATEWAY,
                    VIRTUAL_SERVICE, DESTINATION_RULE, SERVICE_ENTRY, SIDECAR, EVENT ->
                new HashMap<>();
        };
    }
}

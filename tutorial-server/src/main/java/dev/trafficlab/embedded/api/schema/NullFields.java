package dev.trafficlab.embedded.api.schema;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fields that hold null: most may not, and then the API server drops them when it decodes an object. */
public final class NullFields {

    /** The CRDs say {@code nullable} of them: protobuf's wrapper types. */
    private static final Set<String> NULLABLE = Set.of("enabled", "allowCredentials", "mirrorPercent",
            "mirror_percent", "retryRemoteLocalities", "retryIgnorePreviousHosts", "consecutive5xxErrors",
            "consecutiveGatewayErrors", "consecutiveLocalOriginFailures", "insecureSkipVerify", "minimumPercent",
            "aggression", "percent", "minClusterSize");

    private NullFields() {}

    /** Whether null is a value of this field of a custom kind. */
    public static boolean isNullable(String field) {
        return NULLABLE.contains(field);
    }

    /** Drops every field that holds null, but for the custom kinds' nullable ones. */
    static void drop(JsonNode value, boolean custom) {
        if (value instanceof ObjectNode object) {
            object.properties()
                    .removeIf(entry -> entry.getValue().isNull()
                            && !(custom && isNullable(entry.getKey())));
        }
        value.forEach(child -> drop(child, custom));
    }
}

package dev.trafficlab.embedded.api.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.patch.JsonPatch;
import dev.trafficlab.embedded.api.patch.MergePatch;
import dev.trafficlab.embedded.api.patch.StrategicMergePatch;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schemas;

/** The patch types by their media types. */
public enum Patches {

    JSON("application/json-patch+json") {
        public @Override ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return RequestBodies.requireObject(JsonPatch.apply(target, patch));
        }
    },
    MERGE("application/merge-patch+json") {
        public @Override ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return RequestBodies.requireObject(MergePatch.apply(target, RequestBodies.requireObject(patch)));
        }
    },
    STRATEGIC("application/strategic-merge-patch+json") {
        public @Override ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return StrategicMergePatch.apply(schema, target, RequestBodies.requireObject(patch));
        }
    },
    APPLY("application/apply-patch+yaml") {
        public @Override ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            throw new IllegalStateException("applied by the field manager");
        }
    };

    private final String mediaType;

    Patches(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The target, which may be changed, as the patch wants it. */
    public abstract ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema);

    public static Patches of(RequestInfo call) {
        String wish = RequestBodies.contentType(call.request());
        for (Patches type : values()) {
            if (type.mediaType.equals(wish) && !(type == STRATEGIC && call.type().custom())) {
                return type;
            }
        }
        throw new ApiException(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted(call
                        .type()));
    }

    private static String accepted(ResourceType type) {
        return JSON.mediaType + ", " + MERGE.mediaType + ", " + (type.custom() ? "" : STRATEGIC.mediaType + ", ")
                + APPLY.mediaType;
    }

    public JsonNode read(RequestInfo call) {
        return this == APPLY ? RequestBodies.yaml(call.request().body()) : RequestBodies.json(call.request().body());
    }

    public static Schema schema(RequestInfo call) {
        return Schemas.of(call.type());
    }
}

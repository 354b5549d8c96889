package dev.trafficlab.embedded.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.patch.JsonPatch;
import dev.trafficlab.embedded.api.patch.MergePatch;
import dev.trafficlab.embedded.api.patch.StrategicMergePatch;
import dev.trafficlab.embedded.api.schema.Schema;
import dev.trafficlab.embedded.api.schema.Schemas;

/** The patch types by their media types. */
enum Patches {

    JSON("application/json-patch+json") {
        @Override
        ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return RequestBodies.requireObject(JsonPatch.apply(target, patch));
        }
    },
    MERGE("application/merge-patch+json") {
        @Override
        ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return RequestBodies.requireObject(MergePatch.apply(target, RequestBodies.requireObject(patch)));
        }
    },
    STRATEGIC("application/strategic-merge-patch+json") {
        @Override
        ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            return StrategicMergePatch.apply(schema, target, RequestBodies.requireObject(patch));
        }
    },
    APPLY("application/apply-patch+yaml") {
        @Override
        ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema) {
            throw new IllegalStateException("applied by the field manager");
        }
    };

    private final String mediaType;

    Patches(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The target, which may be changed, as the patch wants it. */
    abstract ObjectNode apply(ObjectNode target, JsonNode patch, Schema schema);

    static Patches of(RequestInfo call) {
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

    JsonNode read(RequestInfo call) {
        return this == APPLY ? RequestBodies.yaml(call.request().body()) : RequestBodies.json(call.request().body());
    }

    static Schema schema(RequestInfo call) {
        return Schemas.of(call.type());
    }
}

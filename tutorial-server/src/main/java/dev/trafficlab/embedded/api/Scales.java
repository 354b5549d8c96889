package dev.trafficlab.embedded.api;

import java.time.InstantSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.apply.FieldManager;
import dev.trafficlab.embedded.api.patch.MergePatch;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.schema.Schemas;
import dev.trafficlab.embedded.api.selector.LabelSelector;
import dev.trafficlab.embedded.api.write.Metadata;
import dev.trafficlab.embedded.api.write.Patches;
import dev.trafficlab.embedded.api.write.UpdateScope;
import dev.trafficlab.embedded.store.StoredObject;

/** The subresource {@code scale}: the number of replicas, in the same form for every kind that has any. */
final class Scales {

    private final Objects objects;
    private final InstantSource clock;

    Scales(Objects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    ApiResponse answer(RequestInfo call, String verb) {
        if (!call.type().subresources().contains("scale")) {
            throw Resources.unknown();
        }
        return switch (verb) {
            case "get" -> Responses.json(200, scale(objects.get(call.type(), call.path().namespace(), call.path()
                    .name())
                    .map(StoredObject::value)
                    .orElseThrow(() -> ApiException.notFound(call.type(), call.path()
                            .name()))));
            case "update" -> {
                ObjectNode wish = RequestBodies.object(call.request());
                yield write(call, _ -> wish);
            }
            case "patch" -> write(call, patch(call));
            default -> throw Resources.notAllowed();
        };
    }

    private ScaleChange patch(RequestInfo call) {
        Patches type = Patches.of(call);
        JsonNode patch = type.read(call);
        // A Scale has no lists, so the patch types that know of lists come down to a merge.
        return type == Patches.JSON
                ? scale -> type.apply(scale, patch, Patches.schema(call))
                : scale -> RequestBodies.requireObject(MergePatch.apply(scale, RequestBodies.requireObject(patch)));
    }

    private ApiResponse write(RequestInfo call, ScaleChange change) {
        FieldManager manager = new FieldManager(Schemas.of(call.type()), call.fieldManager(), call.path().apiVersion(),
                "scale",
                Metadata.timestamp(clock.instant()));
        StoredObject scaled = objects.change(call.type(), call.path().key(), old -> {
            ObjectNode wish = change.apply(scale(old));
            replicas(old, wish);
            String revision = wish.path("metadata").path("resourceVersion").asText();
            if (!revision.isEmpty()) {
                Metadata.of(old).put("resourceVersion", revision);
            }
            return old;
        }, UpdateScope.ALL_BUT_STATUS, new WriteOptions(call.query().dryRun(), manager::track)).object();
        return Responses.json(200, scale(scaled.value()));
    }

    private static void replicas(ObjectNode object, ObjectNode wish) {
        JsonNode replicas = wish.path("spec").path("replicas");
        if (!replicas.isMissingNode() && !replicas.canConvertToInt()) {
            throw ApiException.badRequest(
                    "Scale in version \"v1\" cannot be handled as a Scale: json: cannot unmarshal "
                            + "into Go struct field ScaleSpec.spec.replicas of type int32");
        }
        object.withObject("/spec").put("replicas", replicas.asInt(0));
    }

    private static ObjectNode scale(ObjectNode object) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode()
                .put("kind", "Scale")
                .put("apiVersion",
                        "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : new String[]{"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
            Metadata.copy(object.path("metadata"), metadata, field);
        }
        scale.putObject("spec").put("replicas", object.path("spec").path("replicas").asInt());
        scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt())
                .put("selector",
                        LabelSelector.print(object.at("/spec/selector/matchLabels")));
        return scale;
    }

    @FunctionalInterface
    private interface ScaleChange {
        ObjectNode apply(ObjectNode scale);
    }
}

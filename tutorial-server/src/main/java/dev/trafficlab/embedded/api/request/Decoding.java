package dev.trafficlab.embedded.api.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.admission.Admission.Invalid;
import dev.trafficlab.embedded.api.admission.FieldErrors;
import dev.trafficlab.embedded.api.apply.TypedPatch;
import dev.trafficlab.embedded.api.bounds.JsonSize;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.api.schema.Schemas;
import dev.trafficlab.embedded.api.write.Metadata;

/** Whether what a client sent fits the kind and the address that it was sent to. */
public final class Decoding {

    private static final Pattern NUMBER_OF_OTHER_TYPE = Pattern.compile(
            "cannot unmarshal number [^\\s.]*+\\.\\S*+ into Go struct field \\S++ of type (int\\d++)");

    private Decoding() {}

    /** Takes a whole object: right kind, right place, known fields. Gives the warnings about what was dropped. */
    public static List<String> accept(RequestInfo call, ObjectNode object) {
        requireKind(call, object);
        requirePlace(call, object);
        Schemas.decodingError(call.type(), object).ifPresent(why -> {
            throw ApiException.badRequest(why);
        });
        Schemas.dropNulls(call.type(), object);
        List<String> unknown = Schemas.unknownFields(call.type(), object);
        if (!unknown.isEmpty() && directive(call).equals("Strict")) {
            throw ApiException.badRequest("%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                    .formatted(call.type().kind(), call.path().version(), call.type().kind(), String.join(", ",
                            unknown)));
        }
        return dropUnknown(call, object, unknown);
    }

    /** Takes an object that a patch made of a stored one. */
    public static List<String> acceptPatched(RequestInfo call, ObjectNode object) {
        JsonSize.requireStorable(object);
        requirePlace(call, object);
        Schemas.decodingError(call.type(), object).ifPresent(why -> {
            throw invalidPatch(object, why.substring(why.indexOf(": ") + 2));
        });
        Schemas.dropNulls(call.type(), object);
        List<String> unknown = Schemas.unknownFields(call.type(), object);
        if (!unknown.isEmpty() && directive(call).equals("Strict")) {
            throw invalidPatch(object, "strict decoding error: " + String.join(", ", unknown));
        }
        return dropUnknown(call, object, unknown);
    }

    /** Takes a configuration that is applied: there, an unknown field is always an error. */
    public static void acceptApplied(RequestInfo call, ObjectNode config) {
        requireKind(call, config);
        ObjectNode metadata = Metadata.of(config);
        if (!metadata.has("name")) {
            throw ApiException.badRequest("the name of the object (" + call.path().name()
                    + " based on URL) was undeterminable: name must be provided");
        }
        String kind = (call.type().group().isEmpty() ? "/" : "") + call.path().apiVersion() + ", Kind=" + call.type()
                .kind();
        String named = metadata.path("namespace").asText() + "/" + metadata.path("name").asText() + "; " + kind;
        requirePlace(call, config);
        if (metadata.has("managedFields")) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        List<String> errors = TypedPatch.errors(Schemas.of(call.type()), config);
        if (!errors.isEmpty()) {
            throw unfit("failed to create typed patch object (" + named + "): "
                    + (errors.size() == 1 ? errors.getFirst() : "errors:\n  " + String.join("\n  ", errors)));
        }
        Schemas.decodingError(call.type(), config).ifPresent(why -> {
            throw unfit("failed to convert new object (" + named
                    + ") to proper version: unable to convert unstructured object to " + kind + ": " + conversion(why));
        });
    }

    /**
     * A manifest that does not fit its kind. A real API server gives no reason here and takes the fault for its own (500), which
     * clients may take for a server worth asking again; the fault is the manifest's.
     */
    private static ApiException unfit(String message) {
        return new ApiException(400, "", message);
    }

    /** What the conversion of a merged object says where the decoder of a whole one says it otherwise. */
    private static String conversion(String why) {
        Matcher number = NUMBER_OF_OTHER_TYPE.matcher(why);
        return number.find() ? "cannot convert float64 to " + number.group(1) : why.substring(why.indexOf(": ") + 2);
    }

    private static List<String> dropUnknown(RequestInfo call, ObjectNode object, List<String> unknown) {
        if (unknown.isEmpty()) {
            return List.of();
        }
        Schemas.prune(call.type(), object);
        return directive(call).equals("Ignore") ? List.of() : unknown;
    }

    private static String directive(RequestInfo call) {
        return call.query().first("fieldValidation").orElse("Warn");
    }

    private static void requireKind(RequestInfo call, ObjectNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String kind = object.path("kind").asText();
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            throw ApiException.badRequest("Object 'Kind' or 'apiVersion' is missing: expected " + call.path()
                    .apiVersion() + ", Kind="
                    + call.type().kind());
        }
        if (!apiVersion.equals(call.path().apiVersion())) {
            throw ApiException.badRequest("the API version in the data (" + apiVersion
                    + ") does not match the expected API version (" + call.path().apiVersion() + ")");
        }
        if (!kind.equals(call.type().kind())) {
            throw ApiException.badRequest("%s in version \"%s\" cannot be handled as a %s: it is another kind"
                    .formatted(kind,
                            call.path().version(), call.type().kind()));
        }
    }

    private static void requirePlace(RequestInfo call, ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText();
        if (!call.path().name().isEmpty() && !name.equals(call.path().name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + call.path().name() + ")");
        }
        if (!call.type().namespaced()) {
            return;
        }
        String namespace = metadata.path("namespace").asText(call.path().namespace());
        if (!namespace.equals(call.path().namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (metadata.isObject() || metadata.isMissingNode()) {
            Metadata.of(object).put("namespace", namespace);
        }
    }

    private static ApiException invalidPatch(ObjectNode patched, String why) {
        String value = FieldErrors.shown(new String(Responses.bytes(patched), java.nio.charset.StandardCharsets.UTF_8));
        String message = "Invalid value: " + com.fasterxml.jackson.databind.node.TextNode.valueOf(value) + ": " + why;
        return new ApiException(422, "Invalid", " \"\" is invalid: patch: " + message,
                details -> ApiException.cause(details, "FieldValueInvalid", message, "patch"));
    }

    public static ApiException fieldManagerRequired() {
        Invalid cause = new Invalid("fieldManager", "FieldValueRequired",
                "Required value: is required for apply patch");
        return new ApiException(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: " + cause.field() + ": "
                + cause.message(),
                details -> {
                    ApiException.describe(details, "", "meta.k8s.io", "PatchOptions");
                    ApiException.cause(details, cause.reason(), cause.message(), cause.field());
                });
    }

    public static List<String> together(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream())
                .distinct()
                .collect(java.util.stream.Collectors
                        .toCollection(ArrayList::new));
    }

}

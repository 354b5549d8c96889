package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.admission.Admission;
import dev.trafficlab.embedded.api.schema.Schemas;

/** What becomes of a manifest on its way through decoding, defaults and admission, layer by layer as the API server has them. */
record Verdict(int code, String reason, String message, List<String> fields, List<String> warnings) {

    static Verdict on(ObjectNode manifest, Optional<ObjectNode> before) {
        String apiVersion = manifest.get("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        Optional<ResourceType> type = ResourceTypes.byKind(slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1), manifest.get("kind").asText());
        return type.map(known -> judge(known, manifest, before))
                .orElseGet(() -> unknown(slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash
                        + 1)));
    }

    private static Verdict judge(ResourceType type, ObjectNode manifest, Optional<ObjectNode> before) {
        Optional<String> undecodable = Schemas.decodingError(type, manifest);
        if (undecodable.isPresent()) {
            return badRequest(undecodable.get());
        }
        Schemas.dropNulls(type, manifest);
        List<String> unknown = Schemas.unknownFields(type, manifest);
        if (!unknown.isEmpty()) {
            return badRequest("strict decoding error: " + String.join(", ", unknown));
        }
        Schemas.applyDefaults(type, manifest);
        before.ifPresent(old -> Schemas.applyDefaults(type, old));
        Admission.Review review = Admission.review(type, manifest, before);
        if (!review.invalid().isEmpty()) {
            return invalid(type, manifest, review.invalid());
        }
        return review.denied()
                .map(text -> new Verdict(400, "",
                        "admission webhook \"validation.istio.io\" denied the request: " + text, List.of(), List.of()))
                .orElseGet(() -> new Verdict(200, "", "", List.of(), review.warnings()));
    }

    private static Verdict unknown(String group, String version) {
        return ResourceTypes.serves(group, version)
                ? new Verdict(404, "NotFound", "the server could not find the requested resource", List.of(), List.of())
                : new Verdict(404, "", "404 page not found", List.of(), List.of());
    }

    private static Verdict badRequest(String message) {
        return new Verdict(400, "BadRequest", message, List.of(), List.of());
    }

    private static Verdict invalid(ResourceType type, ObjectNode manifest, List<Admission.Invalid> invalid) {
        String details = invalid.stream()
                .map(one -> one.field() + ": " + one.message())
                .collect(Collectors.joining(", "));
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        String message = kind + " \"" + manifest.path("metadata").path("name").asText() + "\" is invalid: "
                + (invalid.size() == 1 ? details : "[" + details + "]");
        return new Verdict(422, "Invalid", message, invalid.stream().map(Admission.Invalid::field).toList(), List.of());
    }
}

package dev.trafficlab.embedded.api.admission;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.admission.istio.IstioWebhook;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schemas;

/** Judges an object, defaults filled in, before it is stored. */
public final class Admission {

    private Admission() {}

    /** Reviews the object; {@code old} is what it replaces, if anything (immutable fields are compared with it). */
    public static Review review(ResourceType type, ObjectNode object, Optional<ObjectNode> old) {
        var errors = new FieldErrors();
        new MetadataValidation(errors).check(type, object, old);
        if (type.custom()) {
            checkCustom(type, object, errors);
        } else {
            checkBuiltIn(type, object, old, errors);
        }
        // A validating webhook is asked last, and only about objects that are valid so far.
        if (!type.custom() || !errors.found().isEmpty()) {
            return new Review(errors.found(), Optional.empty(), List.of());
        }
        IstioWebhook.Verdict verdict = IstioWebhook.review(type.kind(), object);
        return new Review(List.of(), verdict.denied(), verdict.warnings());
    }

    private static void checkCustom(ResourceType type, ObjectNode object, FieldErrors errors) {
        var rules = new CustomResourceValidation(errors);
        rules.check((ObjectSchema) Schemas.of(type), object);
        if (!rules.blocked()) {
            new CelValidation(errors).check(type.kind(), object.path("spec"));
        }
    }

    private static void checkBuiltIn(ResourceType type, ObjectNode object, Optional<ObjectNode> old,
            FieldErrors errors) {
        switch (type.kind()) {
            case "Deployment" -> new WorkloadValidation(errors).checkDeployment(object, old);
            case "ReplicaSet" -> new WorkloadValidation(errors).checkReplicaSet(object, old);
            case "Service" -> new ServiceValidation(errors).check(object, old);
            case "ConfigMap" -> new ConfigMapValidation(errors).check(object, old);
            case "EndpointSlice" -> new DiscoveryValidation(errors).checkSlice(object, old);
            case "Endpoints" -> new DiscoveryValidation(errors).checkEndpoints(object);
            case "Pod" -> {
                var pods = new PodValidation(errors);
                pods.checkPod(object.path("spec"));
                old.ifPresent(before -> pods.checkUpdate(object, before));
            }
            default -> {
            }
        }
    }

    /**
     * The verdict; nothing in {@code invalid} and {@code denied} means that the object may be stored.
     *
     * @param invalid what Kubernetes' own validation or the CRD's schema refuses: HTTP 422, reason Invalid
     * @param denied what Istio's webhook says: HTTP 400 with an empty reason, the text after {@code admission webhook
     *     "validation.istio.io" denied the request: }
     * @param warnings sent back in Warning headers, the object is stored
     */
    public record Review(List<Invalid> invalid, Optional<String> denied, List<String> warnings) {

        public Review {
            invalid = List.copyOf(invalid);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * One invalid field.
     *
     * @param field its path, e.g. {@code spec.template.spec.containers[0].name}
     * @param reason Kubernetes' cause, e.g. {@code FieldValueRequired}
     * @param message as Kubernetes prints it after the path, e.g. {@code Required value}
     */
    public record Invalid(String field, String reason, String message) {}
}

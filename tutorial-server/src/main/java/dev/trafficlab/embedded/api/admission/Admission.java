package dev.trafficlab.embedded.api.admission;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;

/** Judges an object, defaults filled in, before it is stored. */
public final class Admission {

    private Admission() {}

    /** Reviews the object; {@code old} is what it replaces, if anything (immutable fields are compared with it). */
    public static Review review(ResourceType type, ObjectNode object, Optional<ObjectNode> old) {
        throw new UnsupportedOperationException("admission");
    }

    /**
     * The verdict; nothing in {@code invalid} and {@code denied} means that the object may be stored.
     *
     * @param invalid what Kubernetes' own validation or the CRD's schema refuses: HTTP 422, reason Invalid
     * @param denied what Istio's webhook says: HTTP 400, the text after {@code admission webhook "validation.istio.io" denied the request: }
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
